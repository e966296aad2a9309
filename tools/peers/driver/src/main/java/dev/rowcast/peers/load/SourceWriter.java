package dev.rowcast.peers.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Commits changes of the source table over one connection, as the application.
public final class SourceWriter implements AutoCloseable {

    /// A row from its number, with values that the model knows.
    private static final String VALUES = """
            (ARRAY['Female','Male'])[1 + i %% 2], i %% 2, (ARRAY['Yes','No'])[1 + i %% 2],
              (ARRAY['Yes','No'])[1 + i / 2 %% 2], i %% 72, 'Yes', (ARRAY['Yes','No'])[1 + i / 3 %% 2],
              (ARRAY['DSL','Fiber optic'])[1 + i %% 2], (ARRAY['Yes','No'])[1 + i / 5 %% 2], (ARRAY['Yes','No'])[1 + i / 7 %% 2],
              (ARRAY['Yes','No'])[1 + i %% 2], (ARRAY['Yes','No'])[1 + i / 11 %% 2], 'No', 'No',
              (ARRAY['Month-to-month','One year','Two year'])[1 + i %% 3], 'Yes',
              (ARRAY['Electronic check','Mailed check'])[1 + i %% 2], 20 + i %% 90, (20 + i %% 90) * (i %% 72), NULL""".replace("%%", "%");

    private static final String UPSERT = """
            ON CONFLICT (customerid) DO UPDATE SET gender = excluded.gender, seniorcitizen = excluded.seniorcitizen,
              partner = excluded.partner, dependents = excluded.dependents, tenure = excluded.tenure,
              onlinesecurity = excluded.onlinesecurity, contract = excluded.contract,
              monthlycharges = excluded.monthlycharges, totalcharges = excluded.totalcharges""";

    private static final String TABLE = "public.person_churn_history";

    private final Connection connection;
    private final PreparedStatement upsert;
    private final PreparedStatement delete;

    /// Connects.
    ///
    /// @param jdbc URL with the user of the application
    public SourceWriter(String jdbc) throws SQLException {
        connection = DriverManager.getConnection(jdbc);
        upsert = connection.prepareStatement(
                "INSERT INTO " + TABLE + " SELECT ?, " + VALUES + " FROM (SELECT ?::int AS i) AS number " + UPSERT);
        delete = connection.prepareStatement("DELETE FROM " + TABLE + " WHERE customerid = ?");
    }

    /// Commits one change.
    public void commit(SourceChange change) throws SQLException {
        PreparedStatement statement = change.kind() == SourceChange.Kind.DELETE ? delete : upsert;
        statement.setString(1, change.key());
        if (change.kind() == SourceChange.Kind.UPSERT) {
            statement.setInt(2, change.value());
        }
        statement.executeUpdate();
    }

    /// Inserts or updates rows in one transaction.
    ///
    /// @param prefix of the keys; the number follows
    /// @param shift added to the number from which a row is made
    public void upsertRange(String prefix, int from, int to, int shift) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + TABLE + " SELECT ? || n, "
                + VALUES + " FROM (SELECT n, n + ?::int AS i FROM generate_series(?, ?) AS n) AS number " + UPSERT)) {
            statement.setString(1, prefix);
            statement.setInt(2, shift);
            statement.setInt(3, from);
            statement.setInt(4, to);
            statement.executeUpdate();
        }
    }

    /// Deletes rows in one transaction.
    public void deleteRange(String prefix, int from, int to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "DELETE FROM " + TABLE + " WHERE customerid IN (SELECT ? || n FROM generate_series(?, ?) AS n)")) {
            statement.setString(1, prefix);
            statement.setInt(2, from);
            statement.setInt(3, to);
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
