package dev.rowcast.testkit.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// A panel of Lens and the index that it searches.
///
/// @param board id of its board
/// @param from begin of the board's time range
/// @param panel its content
/// @param view its data view
public record LensPanelOnIndex(String board, String from, JsonNode panel, JsonNode view) {

    private static final String RECORDS = "___records___";
    /// Number of bars that Lens draws of a range of numbers at most.
    private static final int BARS = 100;

    /// {@return what a reader sees above it}
    public String title() {
        return panel.path("title").asText();
    }

    /// {@return the name of the index}
    public String index() {
        return view.path("title").asText();
    }

    /// {@return its query in Lucene's syntax}
    public String query() {
        return panel.at("/attributes/state/query/query").asText();
    }

    /// {@return its columns, in the order in which groups contain each other}
    public List<JsonNode> columns() {
        JsonNode layer = panel.at("/attributes/state/datasourceStates/formBased/layers/layer");
        List<JsonNode> columns = new ArrayList<>();
        layer.path("columnOrder")
                .forEach(id -> columns.add(layer.path("columns").path(id.asText())));
        return columns;
    }

    /// {@return the fields that it reads, with its data view's time}
    public List<String> fields() {
        List<String> fields = new ArrayList<>();
        for (JsonNode column : columns()) {
            String field = column.path("sourceField").asText();
            if (!field.equals(RECORDS)) {
                fields.add(field);
            }
        }
        if (view.has("timeFieldName")) {
            fields.add(view.path("timeFieldName").asText());
        }
        return fields;
    }

    /// {@return the search that Lens sends for it}
    public ObjectNode search() {
        ObjectNode search = JsonNodeFactory.instance.objectNode();
        search.put("size", 0).put("track_total_hits", true);
        ArrayNode filter = search.putObject("query").putObject("bool").putArray("filter");
        if (!query().isEmpty()) {
            filter.addObject().putObject("query_string").put("query", query());
        }
        if (view.has("timeFieldName")) {
            filter.addObject()
                    .putObject("range")
                    .putObject(view.path("timeFieldName").asText())
                    .put("gte", from)
                    .put("lte", "now");
        }
        ObjectNode inner = search;
        for (JsonNode column : columns()) {
            ObjectNode aggregation = inner.withObject("/aggs").putObject(name(column));
            if (column.path("isBucketed").asBoolean()) {
                group(column, aggregation);
                inner = aggregation;
            } else if (!column.path("operationType").asText().equals("count")) {
                value(column, aggregation);
            } else {
                // The number of documents of a group is no aggregation.
                inner.withObject("/aggs").remove(name(column));
            }
        }
        return search;
    }

    /// {@return why the answer shows nothing; empty if it does show something}
    public List<String> gaps(JsonNode answer) {
        List<String> gaps = new ArrayList<>();
        if (answer.at("/hits/total/value").asInt() == 0) {
            gaps.add("no document matches: " + answer);
        }
        JsonNode inner = answer.path("aggregations");
        for (JsonNode column : columns()) {
            JsonNode found = inner.path(name(column));
            if (column.path("isBucketed").asBoolean()) {
                inner = fullest(found.path("buckets"));
                if (inner.path("doc_count").asInt() == 0) {
                    gaps.add("no group of " + name(column));
                }
            } else if (!column.path("operationType").asText().equals("count")) {
                JsonNode value =
                        found.has("values") ? found.path("values").iterator().next() : found.path("value");
                if (!value.isNumber()) {
                    gaps.add("no value of " + name(column));
                }
            }
        }
        return gaps;
    }

    private static JsonNode fullest(JsonNode buckets) {
        JsonNode fullest = JsonNodeFactory.instance.objectNode();
        for (JsonNode bucket : buckets) {
            fullest =
                    bucket.path("doc_count").asInt() > fullest.path("doc_count").asInt() ? bucket : fullest;
        }
        return fullest;
    }

    private static String name(JsonNode column) {
        return column.path("label").asText().replaceAll("[\\[\\]>]", "_");
    }

    private static void group(JsonNode column, ObjectNode aggregation) {
        String field = column.path("sourceField").asText();
        switch (column.path("operationType").asText()) {
            case "terms" ->
                aggregation
                        .putObject("terms")
                        .put("field", field)
                        .put("size", column.at("/params/size").asInt());
            case "range" ->
                aggregation
                        .putObject("variable_width_histogram")
                        .put("field", field)
                        .put("buckets", BARS);
            case "date_histogram" ->
                aggregation
                        .putObject("date_histogram")
                        .put("field", field)
                        .put("fixed_interval", column.at("/params/interval").asText());
            default -> throw new AssertionError("unknown group " + column);
        }
    }

    private static void value(JsonNode column, ObjectNode aggregation) {
        String field = column.path("sourceField").asText();
        switch (column.path("operationType").asText()) {
            case "average" -> aggregation.putObject("avg").put("field", field);
            case "max" -> aggregation.putObject("max").put("field", field);
            case "percentile" ->
                aggregation
                        .putObject("percentiles")
                        .put("field", field)
                        .putArray("percents")
                        .add(column.at("/params/percentile").asInt());
            default -> throw new AssertionError("unknown value " + column);
        }
    }
}
