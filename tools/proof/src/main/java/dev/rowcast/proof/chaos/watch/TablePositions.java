package dev.rowcast.proof.chaos.watch;

import dev.rowcast.change.Position;
import dev.rowcast.model.contract.ModelContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads the position of every key of a table that a function writes. One thread only.
final class TablePositions implements AutoCloseable {

    private final String uri;
    private final String query;
    private Optional<Connection> connection = Optional.empty();

    /// @param columns key, epoch, commit and LSN
    private TablePositions(String uri, String columns, String table) {
        this.uri = uri + "&socketTimeout=20";
        this.query = "SELECT " + columns + " FROM " + table;
    }

    static TablePositions ofPredictions(String uri, ModelContract contract) {
        return new TablePositions(
                uri,
                contract.source().key().getFirst() + ", source_epoch, source_commit, source_lsn",
                contract.captured().schema() + "." + contract.captured().table());
    }

    static TablePositions ofCases(String uri) {
        return new TablePositions(
                uri, "customerid, captured_epoch, captured_commit, captured_lsn", "public.retention_case");
    }

    Map<String, Position> read() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(DriverManager.getConnection(uri));
        }
        try (Statement statement = connection.get().createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            Map<String, Position> positions = new HashMap<>();
            while (rows.next()) {
                positions.put(rows.getString(1), new Position(rows.getInt(2), rows.getLong(3), rows.getLong(4)));
            }
            return positions;
        } catch (SQLException broken) {
            close();
            throw broken;
        }
    }

    @Override
    public void close() throws SQLException {
        if (connection.isPresent()) {
            Connection open = connection.get();
            connection = Optional.empty();
            open.close();
        }
    }
}
