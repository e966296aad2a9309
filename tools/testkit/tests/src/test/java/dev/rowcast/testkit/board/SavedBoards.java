package dev.rowcast.testkit.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A file of saved objects as Kibana reads it.
///
/// @param panels the panels of all boards
public record SavedBoards(List<LensPanelOnIndex> panels) {

    private static final JsonMapper JSON = new JsonMapper();

    /// Copies the panels.
    public SavedBoards {
        panels = List.copyOf(panels);
    }

    /// Reads a file; each panel gets the data view that its reference names.
    public static SavedBoards read(Path file) throws IOException {
        Map<String, JsonNode> views = new LinkedHashMap<>();
        List<LensPanelOnIndex> panels = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode object = JSON.readTree(line);
            if (object.path("type").asText().equals("index-pattern")) {
                views.put(object.path("id").asText(), object.path("attributes"));
            } else {
                String from = object.at("/attributes/timeFrom").asText();
                for (JsonNode panel :
                        JSON.readTree(object.at("/attributes/panelsJSON").asText())) {
                    panels.add(new LensPanelOnIndex(
                            object.path("id").asText(),
                            from,
                            panel.path("embeddableConfig"),
                            views.get(view(object, panel))));
                }
            }
        }
        return new SavedBoards(panels);
    }

    /// Kibana finds the data view by the reference of the board, whose name begins with the panel's index.
    private static String view(JsonNode board, JsonNode panel) {
        String name = panel.path("panelIndex").asText() + ":"
                + panel.at("/embeddableConfig/attributes/references/0/name").asText();
        for (JsonNode reference : board.path("references")) {
            if (reference.path("name").asText().equals(name)) {
                return reference.path("id").asText();
            }
        }
        throw new AssertionError("the board has no reference " + name);
    }
}
