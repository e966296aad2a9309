package dev.rowcast.local.page.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.local.page.station.QualifiedTable;
import dev.rowcast.model.contract.ModelContract;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The row in Postgres: as it is now, as it was scored, and its case.
record RowTables(RowPlaces places) {

    private static final JsonMapper JSON = new JsonMapper();

    /// Reads `source`, `captured` and `case`; each is null when the table has no such row.
    ///
    /// @param id of the key, as [dev.rowcast.change.Key#id]
    ObjectNode read(String id) throws SQLException, IOException {
        ModelContract contract = places.contract();
        List<String> values = values(id, contract.source().key().size());
        ObjectNode rows = JsonNodeFactory.instance.objectNode();
        // Untyped parameters: Postgres converts each to the type of its column.
        try (Connection connection = DriverManager.getConnection(
                places.database() + "&stringtype=unspecified&ApplicationName=rowcast-page&socketTimeout=10")) {
            connection.setReadOnly(true);
            rows.set(
                    "source",
                    row(
                            connection,
                            new QualifiedTable(
                                    contract.source().schema(),
                                    contract.source().table()),
                            values));
            rows.set(
                    "captured",
                    row(
                            connection,
                            new QualifiedTable(
                                    contract.captured().schema(),
                                    contract.captured().table()),
                            values));
            rows.set(
                    "case",
                    places.cases().isPresent()
                            ? row(connection, places.cases().get(), values)
                            : JsonNodeFactory.instance.nullNode());
        }
        return rows;
    }

    private JsonNode row(Connection connection, QualifiedTable table, List<String> key)
            throws SQLException, IOException {
        String isKey = places.contract().source().key().stream()
                .map(column -> QualifiedTable.quoted(column) + " = ?")
                .collect(Collectors.joining(" AND "));
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT to_jsonb(found) FROM " + table.quoted() + " found WHERE " + isKey)) {
            for (int i = 0; i < key.size(); i++) {
                query.setString(i + 1, key.get(i));
            }
            try (ResultSet found = query.executeQuery()) {
                return found.next() ? JSON.readTree(found.getString(1)) : JsonNodeFactory.instance.nullNode();
            }
        }
    }

    /// The values of the key columns in an id: the reverse of [dev.rowcast.change.Key#id].
    static List<String> values(String id, int columns) {
        if (columns == 1) {
            return List.of(id);
        }
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < id.length(); i++) {
            char letter = id.charAt(i);
            if (letter == '\\' && i + 1 < id.length()) {
                value.append(id.charAt(++i));
            } else if (letter == '|') {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(letter);
            }
        }
        values.add(value.toString());
        return List.copyOf(values);
    }
}
