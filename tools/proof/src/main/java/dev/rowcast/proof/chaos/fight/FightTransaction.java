package dev.rowcast.proof.chaos.fight;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/// The statements of one transaction on the source table. Not thread safe.
///
/// @param changed the keys of the rows that this transaction inserted or changed so far
record FightTransaction(Connection connection, SplittableRandom random, Set<String> changed) {

    private static final String COLUMNS = "(customerid, tenure, contract, internetservice, monthlycharges)";

    /// A savepoint.
    ///
    /// @param changed keys of the rows that were inserted or changed before
    record Point(Savepoint savepoint, List<String> changed) {}

    /// Inserts a row; waits while another transaction changes the key, and fails when the key exists.
    void insert(String key) throws SQLException {
        changed.add(key);
        write("INSERT INTO person_churn_history " + COLUMNS + " VALUES (?, ?, ?, ?, ?)", key);
    }

    /// Inserts a row, or updates the existing one.
    void upsert(String key) throws SQLException {
        changed.add(key);
        write(
                "INSERT INTO person_churn_history " + COLUMNS
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (customerid) DO UPDATE SET tenure = excluded.tenure,"
                        + " contract = excluded.contract, internetservice = excluded.internetservice,"
                        + " monthlycharges = excluded.monthlycharges",
                key);
    }

    /// Updates a row, if it exists.
    void update(String key) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE person_churn_history SET tenure = ?, monthlycharges = ? WHERE customerid = ?")) {
            RowValues values = RowValues.draw(random);
            update.setInt(1, values.tenure());
            update.setDouble(2, values.monthly());
            update.setString(3, key);
            if (update.executeUpdate() > 0) {
                changed.add(key);
            }
        }
    }

    /// Deletes a row, if it exists.
    void delete(String key) throws SQLException {
        delete(List.of(key));
    }

    /// Deletes the existing rows of these keys.
    void delete(List<String> keys) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM person_churn_history WHERE customerid = ANY (?)")) {
            delete.setArray(1, connection.createArrayOf("text", keys.toArray()));
            delete.executeUpdate();
        }
    }

    /// Changes the key of a row, if it exists; waits while another transaction changes the new key.
    void rename(String from, String to) throws SQLException {
        try (PreparedStatement rename =
                connection.prepareStatement("UPDATE person_churn_history SET customerid = ? WHERE customerid = ?")) {
            rename.setString(1, to);
            rename.setString(2, from);
            if (rename.executeUpdate() > 0) {
                changed.add(to);
            }
        }
    }

    /// Inserts rows by one COPY; waits while another transaction changes one of the keys, and fails when a
    /// key exists.
    void copy(List<String> keys) throws SQLException {
        changed.addAll(keys);
        String rows = keys.stream()
                .map(key -> {
                    RowValues values = RowValues.draw(random);
                    return String.join(
                            "\t",
                            key,
                            Integer.toString(values.tenure()),
                            values.contract(),
                            values.internet(),
                            Double.toString(values.monthly()));
                })
                .collect(Collectors.joining("\n", "", "\n"));
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY person_churn_history " + COLUMNS + " FROM STDIN", new StringReader(rows));
        } catch (IOException unreadableString) {
            throw new UncheckedIOException(unreadableString);
        }
    }

    /// {@return a new savepoint}
    Point savepoint() throws SQLException {
        return new Point(connection.setSavepoint(), List.copyOf(changed));
    }

    /// Rolls back the changes after the savepoint.
    void rollBackTo(Point point) throws SQLException {
        connection.rollback(point.savepoint());
        changed.clear();
        changed.addAll(point.changed());
    }

    /// {@return whether another session waits for this transaction}
    ///
    /// @param backend server process of the other session
    boolean blocks(int backend) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT pg_backend_pid() = ANY (pg_blocking_pids(?))")) {
            query.setInt(1, backend);
            try (ResultSet answer = query.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    private void write(String sql, String key) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            RowValues values = RowValues.draw(random);
            write.setString(1, key);
            write.setInt(2, values.tenure());
            write.setString(3, values.contract());
            write.setString(4, values.internet());
            write.setDouble(5, values.monthly());
            write.executeUpdate();
        }
    }
}
