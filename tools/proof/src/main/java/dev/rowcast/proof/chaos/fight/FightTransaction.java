package dev.rowcast.proof.chaos.fight;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/// The rows of the source table, as one transaction of one client changes them. Not thread safe.
final class FightTransaction {

    private static final String COLUMNS = "(customerid, tenure, contract, internetservice, monthlycharges)";

    /// A savepoint.
    ///
    /// @param changed keys of the rows that were inserted or changed before it
    record Point(Savepoint savepoint, List<String> changed) {}

    private final Connection connection;
    private final SplittableRandom random;
    private final Set<String> changed = new TreeSet<>();

    FightTransaction(Connection connection, SplittableRandom random) {
        this.connection = connection;
        this.random = random;
    }

    /// Keys of the rows that this transaction inserted or changed so far.
    Collection<String> changed() {
        return changed;
    }

    /// A new row; waits while another transaction has the key, and fails when the row stays.
    void insert(String key) throws SQLException {
        changed.add(key);
        write("INSERT INTO person_churn_history " + COLUMNS + " VALUES (?, ?, ?, ?, ?)", key);
    }

    /// A new row, or new values of the one that is there.
    void upsert(String key) throws SQLException {
        changed.add(key);
        write(
                "INSERT INTO person_churn_history " + COLUMNS
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (customerid) DO UPDATE SET tenure = excluded.tenure,"
                        + " contract = excluded.contract, internetservice = excluded.internetservice,"
                        + " monthlycharges = excluded.monthlycharges",
                key);
    }

    /// New values of a row, if it is there.
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

    /// Removes a row, if it is there.
    void delete(String key) throws SQLException {
        delete(List.of(key));
    }

    /// Removes the rows that are there.
    void delete(List<String> keys) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM person_churn_history WHERE customerid = ANY (?)")) {
            delete.setArray(1, connection.createArrayOf("text", keys.toArray()));
            delete.executeUpdate();
        }
    }

    /// Gives a row another key, if it is there; waits while another transaction has that key.
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

    /// New rows by one COPY; waits while another transaction has one of the keys, and fails when such a row stays.
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
        } catch (IOException readerOfText) {
            throw new IllegalStateException("a string cannot be read", readerOfText);
        }
    }

    /// A point that the transaction can go back to.
    Point savepoint() throws SQLException {
        return new Point(connection.setSavepoint(), List.copyOf(changed));
    }

    /// Takes back what was changed after the point.
    void rollBackTo(Point point) throws SQLException {
        connection.rollback(point.savepoint());
        changed.clear();
        changed.addAll(point.changed());
    }

    /// Whether another client waits for this transaction.
    ///
    /// @param backend the other's process
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
