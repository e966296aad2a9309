package dev.rowcast.predictor;

import dev.rowcast.testkit.function.GuardedRows;
import dev.rowcast.testkit.station.Postgres;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Reads the captured table.
final class CapturedRows extends GuardedRows {

    CapturedRows(Postgres postgres) {
        super(
                postgres,
                "SELECT customerid, source_epoch, source_commit, source_lsn FROM person_churn_history_captured");
    }

    /// The keys with a prefix.
    Set<String> keys(String prefix) throws SQLException {
        return probabilities(prefix).keySet();
    }

    /// The probability of each key with a prefix; 0 if it has none.
    Map<String, Double> probabilities(String prefix) throws SQLException {
        Map<String, Double> probabilities = new TreeMap<>();
        database.query("app", """
                SELECT customerid, churn_probability FROM person_churn_history_captured
                WHERE starts_with(customerid, '%s')""".formatted(prefix), row -> probabilities.put(row.getString(1), row.getDouble(2)));
        return probabilities;
    }
}
