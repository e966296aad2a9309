package dev.rowcast.table.kibana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// The columns of a panel's layer: what Lens asks Elasticsearch.
///
/// @param columns each column by its id, groups first
record LensColumns(Map<String, ObjectNode> columns) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PARAMS = "params";

    /// The id of a group.
    static String group(int at) {
        return "group-" + at;
    }

    /// The id of a value.
    static String value(int at) {
        return "value-" + at;
    }

    static LensColumns of(BoardPanel panel) {
        Map<String, ObjectNode> columns = new LinkedHashMap<>();
        for (int i = 0; i < panel.by().size(); i++) {
            columns.put(group(i), column(panel.by().get(i)));
        }
        for (int i = 0; i < panel.show().size(); i++) {
            columns.put(value(i), column(panel.show().get(i)));
        }
        return new LensColumns(columns);
    }

    void writeTo(ObjectNode layer) {
        layer.putObject("columns").setAll(columns);
        ArrayNode order = layer.putArray("columnOrder");
        columns.keySet().forEach(order::add);
    }

    private static ObjectNode column(BoardGroup group) {
        ObjectNode column = labelled(group.label(), group.type(), true).put("sourceField", group.field());
        ObjectNode params = column.putObject(PARAMS);
        switch (group.kind()) {
            case VALUES -> {
                column.put("operationType", "terms").put("scale", "ordinal");
                params.put("size", group.top());
                params.putObject("orderBy").put("type", "column").put("columnId", value(0));
                params.put("orderDirection", "desc");
                params.put("otherBucket", false);
                params.put("missingBucket", false);
                params.putObject("parentFormat").put("id", "terms");
            }
            case RANGES -> {
                column.put("operationType", "range").put("scale", "interval");
                params.put("type", "histogram");
                params.put("maxBars", "auto");
                params.put("includeEmptyRows", true);
                params.putArray("ranges")
                        .addObject()
                        .put("from", 0)
                        .put("to", 1000)
                        .put("label", "");
            }
            case TIME -> {
                column.put("operationType", "date_histogram").put("scale", "interval");
                params.put("interval", group.every());
                params.put("includeEmptyRows", true);
                params.put("dropPartials", false);
            }
        }
        return column;
    }

    private static ObjectNode column(BoardValue value) {
        ObjectNode column = labelled(value.label(), "number", false).put("scale", "ratio");
        ObjectNode params = column.putObject(PARAMS);
        switch (value.kind()) {
            case COUNT -> column.put("operationType", "count").put("sourceField", "___records___");
            case AVERAGE -> column.put("operationType", "average").put("sourceField", value.field());
            case MAX -> column.put("operationType", "max").put("sourceField", value.field());
            case P95 -> {
                column.put("operationType", "percentile").put("sourceField", value.field());
                params.put("percentile", 95);
            }
        }
        boolean isShare = value.format().equals("percent");
        if (isShare || value.kind() != BoardValue.Kind.COUNT) {
            params.putObject("format")
                    .put("id", isShare ? "percent" : "number")
                    .putObject(PARAMS)
                    .put("decimals", isShare ? 0 : 2);
        }
        return column;
    }

    private static ObjectNode labelled(String label, String type, boolean bucketed) {
        return JSON.objectNode()
                .put("label", label)
                .put("customLabel", true)
                .put("dataType", type)
                .put("isBucketed", bucketed);
    }
}
