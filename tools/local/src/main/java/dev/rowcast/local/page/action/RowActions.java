package dev.rowcast.local.page.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Key;
import dev.rowcast.local.load.SourceRows;
import dev.rowcast.local.load.row.RowChange;
import dev.rowcast.local.page.api.ApiRefusal;
import dev.rowcast.local.page.api.ApiRequest;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The form for one row of the source table. Its columns are those of the model's contract.
///
/// @param rows writes the changes
public record RowActions(SourceRows rows) {

    /// The columns, and a new row that resembles those of training.
    public JsonNode form() throws SQLException {
        ModelContract contract = rows.contract();
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        form.put("schema", contract.source().schema())
                .put("table", contract.source().table());
        ArrayNode key = form.putArray("key");
        contract.source().key().forEach(key::add);
        ArrayNode columns = form.putArray("columns");
        Map<String, ObjectNode> byColumn = new HashMap<>();
        for (Feature feature : contract.features()) {
            byColumn.computeIfAbsent(feature.column(), name -> column(columns.addObject(), feature));
        }
        RowChange.Insert sample = rows.sample();
        ObjectNode values = form.putObject("sample");
        for (int i = 0; i < contract.source().key().size(); i++) {
            values.put(contract.source().key().get(i), sample.key().get(i));
        }
        sample.values().forEach(values::put);
        return form;
    }

    private static ObjectNode column(ObjectNode column, Feature feature) {
        column.put("name", feature.column()).put("required", feature.missing() == Feature.Missing.REJECT);
        switch (feature) {
            case Feature.Category category -> {
                column.put("kind", "category");
                category.categories().forEach(column.withArray("categories")::add);
            }
            case Feature.Numeric number -> {
                List<Double> edges = number.histogram().edges();
                column.put("kind", "number").put("lowest", edges.getFirst()).put("highest", edges.getLast());
            }
            case Feature.Temporal time -> column.put("kind", time.sql().isDate() ? "date" : "time");
        }
        return column;
    }

    /// Makes a change: `operation` is `insert`, `update` or `delete`, `values` has the key and the columns.
    ///
    /// @throws SQLException when Postgres refuses it
    public JsonNode change(ApiRequest request) throws SQLException {
        ModelContract.Source source = rows.contract().source();
        Map<String, String> values = request.texts("values");
        List<String> key = source.key().stream()
                .map(column -> values.getOrDefault(column, ""))
                .toList();
        if (key.contains("")) {
            throw ApiRefusal.wrong("the row needs a value of " + String.join(", ", source.key()));
        }
        RowChange change = switch (request.text("operation")) {
            case "insert" -> new RowChange.Insert(key, values);
            case "update" -> new RowChange.Update(key, values);
            case "delete" -> new RowChange.Delete(key);
            case String other -> throw ApiRefusal.wrong("there is no operation " + other);
        };
        try {
            if (!rows.write(change)) {
                throw ApiRefusal.wrong("no row has key " + String.join(", ", key));
            }
        } catch (SQLException refused) {
            String state = refused.getSQLState();
            if (state != null && (state.startsWith("22") || state.startsWith("23"))) {
                throw ApiRefusal.wrong("Postgres refuses the row: " + firstLine(refused));
            }
            throw refused;
        }
        return JsonNodeFactory.instance.objectNode().put("key", new Key(source.key(), key).id());
    }

    private static String firstLine(SQLException refused) {
        return refused.getMessage().lines().findFirst().orElse("");
    }
}
