package dev.rowcast.proof.chaos.watch;

import dev.rowcast.change.Position;
import dev.rowcast.local.page.station.PostgresQuery;
import dev.rowcast.model.contract.ModelContract;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/// Queries for the position of every key of a table that a function writes.
final class TablePositions {

    private TablePositions() {}

    static PostgresQuery<Map<String, Position>> ofPredictions(String uri, ModelContract contract) {
        return of(
                uri,
                contract.source().key().getFirst() + ", source_epoch, source_commit, source_lsn",
                contract.captured().schema() + "." + contract.captured().table());
    }

    static PostgresQuery<Map<String, Position>> ofCases(String uri) {
        return of(uri, "customerid, captured_epoch, captured_commit, captured_lsn", "public.retention_case");
    }

    private static PostgresQuery<Map<String, Position>> of(String uri, String columns, String table) {
        return new PostgresQuery<>(uri + "&socketTimeout=20", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM " + table)) {
                Map<String, Position> positions = new HashMap<>();
                while (rows.next()) {
                    positions.put(rows.getString(1), new Position(rows.getInt(2), rows.getLong(3), rows.getLong(4)));
                }
                return positions;
            }
        });
    }
}
