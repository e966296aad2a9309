package dev.rowcast.predictor;

import dev.rowcast.change.Position;
import dev.rowcast.testkit.station.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Looks into the captured table from outside.
final class CapturedRows {

    private final Postgres postgres;

    CapturedRows(Postgres postgres) {
        this.postgres = postgres;
    }

    /// The keys that begin so.
    Set<String> keys(String prefix) throws SQLException {
        return probabilities(prefix).keySet();
    }

    /// The probabilities of the keys that begin so, by key.
    Map<String, Double> probabilities(String prefix) throws SQLException {
        try (Connection connection = postgres.connect("app");
                PreparedStatement select = connection.prepareStatement("""
                        SELECT customerid, churn_probability FROM person_churn_history_captured
                        WHERE starts_with(customerid, ?)""")) {
            select.setString(1, prefix);
            Map<String, Double> probabilities = new TreeMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    probabilities.put(rows.getString(1), rows.getDouble(2));
                }
            }
            return probabilities;
        }
    }

    /// The position that each key stands at.
    Map<String, Position> positions() throws SQLException {
        try (Connection connection = postgres.connect("app");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT customerid, source_epoch, source_commit, source_lsn FROM person_churn_history_captured")) {
            Map<String, Position> positions = new TreeMap<>();
            while (rows.next()) {
                positions.put(rows.getString(1), new Position(rows.getInt(2), rows.getLong(3), rows.getLong(4)));
            }
            return positions;
        }
    }

    /// Does something as the superuser.
    void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
