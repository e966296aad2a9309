package dev.rowcast.table.kibana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The boards of the cluster: their source, and what is compiled from it.
class BoardsTest {

    private static final Path KIBANA = Checkout.find().resolve("eck/kibana");

    @TempDir
    Path folder;

    @Test
    void savedObjectsAreWhatMakeBoardsWrites() throws IOException {
        assertThat(KIBANA.resolve("rowcast.ndjson"))
                .as("run make boards")
                .hasContent(SavedObjects.of(Boards.read(KIBANA.resolve("boards.yaml"))));
    }

    @Test
    void everyPanelHasLabelsAndADescription() throws IOException {
        List<Board> boards = Boards.read(KIBANA.resolve("boards.yaml")).boards();

        assertThat(boards).extracting(Board::id).containsExactly("rowcast-churn", "rowcast-pipeline");
        for (Board board : boards) {
            assertThat(board.description()).endsWith(".");
            assertThat(board.panels()).extracting(BoardPanel::title).doesNotHaveDuplicates();
            assertThat(board.panels()).allSatisfy(panel -> {
                assertThat(panel.description()).as(panel.title()).endsWith(".");
                assertThat(panel.width()).as(panel.title()).isBetween(1, 48);
                assertThat(panel.height()).as(panel.title()).isPositive();
                assertThat(panel.by()).extracting(BoardGroup::label).doesNotContainNull();
                assertThat(panel.show())
                        .isNotEmpty()
                        .extracting(BoardValue::label)
                        .doesNotContainNull();
            });
        }
    }

    @Test
    void panelOfAnUnknownViewIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("boards.yaml"), """
            views: [{ id: known, index: a, name: A }]
            boards:
              - id: b
                title: B
                panels: [{ title: P, chart: metric, view: unknown, show: [{ kind: count, label: Rows }] }]
            """);

        assertThatThrownBy(() -> Boards.read(file))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("board b, panel P: there is no data view unknown, only [known]");
    }

    @Test
    void misspelledKeyIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("boards.yaml"), """
            views: [{ id: known, indx: a, name: A }]
            boards: []
            """);

        assertThatThrownBy(() -> Boards.read(file)).hasMessageContaining("indx");
    }
}
