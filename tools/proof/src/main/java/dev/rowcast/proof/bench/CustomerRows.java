package dev.rowcast.proof.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Writes customers with values that the model knows, and reads their predictions.
final class CustomerRows implements AutoCloseable {

    private static final String INSERT = """
            INSERT INTO person_churn_history
            SELECT ? || '-' || i, (ARRAY['Female','Male'])[1 + i % 2], i % 2, (ARRAY['Yes','No'])[1 + i % 2],
              (ARRAY['Yes','No'])[1 + i % 2], i % 72, 'Yes', (ARRAY['Yes','No'])[1 + i % 2],
              (ARRAY['DSL','Fiber optic'])[1 + i % 2], (ARRAY['Yes','No'])[1 + i % 2], (ARRAY['Yes','No'])[1 + i % 2],
              (ARRAY['Yes','No'])[1 + i % 2], (ARRAY['Yes','No'])[1 + i % 2], 'No', 'No',
              (ARRAY['Month-to-month','One year','Two year'])[1 + i % 3], 'Yes',
              (ARRAY['Electronic check','Mailed check'])[1 + i % 2], 20 + i % 90, (20 + i % 90) * (i % 72), NULL
            FROM generate_series(?, ?) AS i""";

    private final Connection connection;
    private final PreparedStatement insert;

    CustomerRows(String uri) throws SQLException {
        connection = DriverManager.getConnection(uri);
        insert = connection.prepareStatement(INSERT);
    }

    /// Inserts the customers `prefix-from` to `prefix-to`, and commits.
    void insert(String prefix, int from, int to) throws SQLException {
        insert.setString(1, prefix);
        insert.setInt(2, from);
        insert.setInt(3, to);
        insert.executeUpdate();
    }

    /// {@return the number of customers of this prefix that have a prediction}
    long predicted(String prefix) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(
                        "SELECT count(*) FROM person_churn_history_captured WHERE customerid LIKE '" + prefix
                                + "-%'")) {
            count.next();
            return count.getLong(1);
        }
    }

    /// {@return whether a customer has a prediction, read by key}
    boolean isPredicted(String key) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT FROM person_churn_history_captured WHERE customerid = ?")) {
            query.setString(1, key);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
