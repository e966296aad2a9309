package dev.rowcast.proof.audit;

import dev.rowcast.model.contract.ModelContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Rows of the captured table that another model has scored than the one that scores now.
public final class CapturedRowCheck {

    private CapturedRowCheck() {}

    /// Each in a line; none when all rows that are not deleted carry the contract's version.
    public static List<String> rows(String jdbc, ModelContract contract) throws SQLException {
        String key = contract.source().key().getFirst();
        String query = "SELECT %s, model_version FROM %s.%s WHERE NOT deleted AND model_version <> ?"
                .formatted(
                        key, contract.captured().schema(), contract.captured().table());
        try (Connection connection = DriverManager.getConnection(jdbc);
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, contract.model().version());
            List<String> lines = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    lines.add("captured table, " + found.getString(1) + ": model_version is " + found.getString(2)
                            + ", not " + contract.model().version());
                }
            }
            return lines;
        }
    }
}
