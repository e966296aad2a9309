package dev.rowcast.table.kibana;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Boards and the data views that their panels use.
///
/// @param views the data views
/// @param boards the boards
public record Boards(List<DataView> views, List<Board> boards) {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    /// Copies the lists, and refuses a panel of an unknown data view.
    public Boards {
        views = List.copyOf(views);
        boards = List.copyOf(boards);
        List<String> ids = views.stream().map(DataView::id).toList();
        for (Board board : boards) {
            for (BoardPanel panel : board.panels()) {
                if (!ids.contains(panel.view())) {
                    throw new IllegalArgumentException("board %s, panel %s: there is no data view %s, only %s"
                            .formatted(board.id(), panel.title(), panel.view(), ids));
                }
            }
        }
    }

    /// Reads a file of boards.
    public static Boards read(Path file) throws IOException {
        return YAML.readValue(file.toFile(), Boards.class);
    }
}
