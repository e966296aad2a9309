package dev.rowcast.table.kibana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Data views and boards as saved objects, in the form that Kibana exports and imports. Their ids are stable, so that
/// an import replaces what an earlier one created.
public final class SavedObjects {

    /// Versions of the form, which a newer Kibana migrates.
    private static final String CORE = "8.8.0";

    private static final String DASHBOARD = "10.2.0";
    private static final String DATA_VIEW = "8.0.0";

    private static final int COLUMNS = 48;
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SavedObjects() {}

    /// The saved objects, one a line.
    public static String of(Boards boards) {
        return Stream.concat(
                        boards.views().stream().map(SavedObjects::view),
                        boards.boards().stream().map(SavedObjects::board))
                .map(object -> text(object) + "\n")
                .collect(Collectors.joining());
    }

    private static ObjectNode view(DataView view) {
        ObjectNode object = object("index-pattern", view.id(), DATA_VIEW);
        ObjectNode attributes = object.putObject("attributes");
        attributes.put("title", view.index());
        attributes.put("name", view.name());
        if (!view.time().isEmpty()) {
            attributes.put("timeFieldName", view.time());
        }
        object.putArray("references");
        return object;
    }

    private static ObjectNode board(Board board) {
        ObjectNode object = object("dashboard", board.id(), DASHBOARD);
        ObjectNode attributes = object.putObject("attributes");
        attributes.put("title", board.title());
        attributes.put("description", board.description());
        ArrayNode panels = JSON.arrayNode();
        ArrayNode references = JSON.arrayNode();
        int x = 0;
        int y = 0;
        int rowHeight = 0;
        for (int i = 0; i < board.panels().size(); i++) {
            BoardPanel panel = board.panels().get(i);
            if (x + panel.width() > COLUMNS) {
                x = 0;
                y += rowHeight;
                rowHeight = 0;
            }
            String id = "panel-" + (i + 1);
            panels.add(panel(id, panel, x, y));
            references
                    .addObject()
                    .put("type", "index-pattern")
                    .put("id", panel.view())
                    .put("name", id + ":" + LensPanel.reference());
            x += panel.width();
            rowHeight = Math.max(rowHeight, panel.height());
        }
        attributes.put("panelsJSON", text(panels));
        attributes.put(
                "optionsJSON",
                text(JSON.objectNode()
                        .put("useMargins", true)
                        .put("syncColors", true)
                        .put("syncCursor", true)
                        .put("syncTooltips", false)
                        .put("hidePanelTitles", false)));
        attributes.put("timeRestore", true);
        attributes.put("timeFrom", board.from());
        attributes.put("timeTo", "now");
        attributes.put("version", 1);
        ObjectNode search = JSON.objectNode();
        search.putObject("query").put("query", "").put("language", "kuery");
        search.putArray("filter");
        attributes.putObject("kibanaSavedObjectMeta").put("searchSourceJSON", text(search));
        object.set("references", references);
        return object;
    }

    private static ObjectNode panel(String id, BoardPanel panel, int x, int y) {
        ObjectNode placed = JSON.objectNode();
        placed.put("type", "lens");
        placed.put("panelIndex", id);
        placed.putObject("gridData")
                .put("x", x)
                .put("y", y)
                .put("w", panel.width())
                .put("h", panel.height())
                .put("i", id);
        placed.set("embeddableConfig", LensPanel.of(panel));
        return placed;
    }

    private static ObjectNode object(String type, String id, String version) {
        return JSON.objectNode()
                .put("type", type)
                .put("id", id)
                .put("coreMigrationVersion", CORE)
                .put("typeMigrationVersion", version);
    }

    private static String text(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON has no text", impossible);
        }
    }
}
