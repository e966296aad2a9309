package dev.rowcast.proof.audit;

import dev.rowcast.model.contract.ModelContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Keys whose changes were committed and that the captured table does not know. A key that is deleted at the end leaves
/// no row in the source table that would tell of it.
public final class NeverCaptured {

    private NeverCaptured() {}

    /// Each in a line.
    ///
    /// @param keys of rows that were there, whatever became of them
    public static List<String> keys(String jdbc, ModelContract contract, Collection<String> keys) throws SQLException {
        String query = "SELECT key FROM unnest(?) AS key WHERE key NOT IN (SELECT %s FROM %s.%s)"
                .formatted(
                        contract.source().key().getFirst(),
                        contract.captured().schema(),
                        contract.captured().table());
        try (Connection connection = DriverManager.getConnection(jdbc);
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            List<String> lines = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    lines.add("captured table, " + found.getString(1) + ": is missing, and such a row was committed");
                }
            }
            return lines;
        }
    }
}
