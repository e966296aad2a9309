package dev.rowcast.proof.audit;

import dev.rowcast.model.contract.ModelContract;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Checks of the captured table that need no source row. Each result is a line.
public final class CapturedRowCheck {

    private CapturedRowCheck() {}

    /// Finds keys that have no row. A row that was deleted at the end is no longer in the source table, so
    /// the audit cannot miss it.
    ///
    /// @param keys of rows that were committed
    public static List<String> missing(String jdbc, ModelContract contract, Collection<String> keys)
            throws SQLException {
        return lines(
                jdbc,
                "SELECT 'captured table, ' || key || ': is missing, and such a row was committed'"
                        + " FROM unnest(?) AS key WHERE key NOT IN (SELECT %1$s FROM %2$s.%3$s)",
                contract,
                keys.toArray(String[]::new));
    }

    /// Finds rows that another model scored; none when all rows that are not deleted have the
    /// contract's version.
    public static List<String> ofAnotherModel(String jdbc, ModelContract contract) throws SQLException {
        return lines(
                jdbc,
                "SELECT 'captured table, ' || %1$s || ': model_version is ' || model_version || ', not ' || wanted"
                        + " FROM %2$s.%3$s, CAST(? AS text) AS wanted WHERE NOT deleted AND model_version <> wanted",
                contract,
                contract.model().version());
    }

    private static List<String> lines(String jdbc, String query, ModelContract contract, Object parameter)
            throws SQLException {
        String sql = query.formatted(
                contract.source().key().getFirst(),
                contract.captured().schema(),
                contract.captured().table());
        try (var connection = DriverManager.getConnection(jdbc);
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            List<String> lines = new ArrayList<>();
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    lines.add(found.getString(1));
                }
            }
            return lines;
        }
    }
}
