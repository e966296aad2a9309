package dev.rowcast.retention.cases;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Key;
import dev.rowcast.retention.postgres.CaseSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// The rows of a case table, in the transaction of a connection.
///
/// Rows travel as one JSON document, and Postgres converts each text to the type of its column: so the types
/// of the key need no configuration.
///
/// @param sql the statements
record CaseRows(CaseSql sql) {

    /// A locked case.
    ///
    /// @param row identifies the row: two keys that Postgres finds equal have the same, such as `1.0` and `1`
    record Locked(String row, Case found) {}

    /// Locks the cases of keys, in the order of the keys in the table; a missing one is created first.
    ///
    /// @return one for each key, in the order of `keys`
    List<Locked> lock(Connection connection, List<Key> keys) throws SQLException {
        String wanted = json(keys.stream().map(CaseFacts::keyColumns).toList());
        execute(connection, sql.insertMissing(), wanted);
        SortedMap<Long, Locked> locked = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.lock())) {
            statement.setString(1, wanted);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    locked.put(rows.getLong(1), new Locked(rows.getString(2), read(rows)));
                }
            }
        }
        if (locked.size() != keys.size()) {
            throw new IllegalStateException(
                    locked.size() + " of " + keys.size() + " cases were found after they had been created");
        }
        return List.copyOf(locked.values());
    }

    /// Writes the changed columns of locked cases.
    ///
    /// @param changed each with its key, in any order
    void update(Connection connection, Collection<ObjectNode> changed) throws SQLException {
        if (!changed.isEmpty()) {
            execute(connection, sql.update(), json(changed));
        }
    }

    /// The columns of the guard, to be written.
    static ObjectNode guard(Key key, Case.Guard guard) {
        ObjectNode columns = CaseFacts.keyColumns(key);
        columns.put("captured_epoch", guard.epoch()).put("captured_lsn", guard.lsn());
        guard.commit().ifPresent(commit -> columns.put("captured_commit", commit));
        return columns;
    }

    /// All columns of an opened or closed case, to be written.
    ObjectNode state(CaseFacts facts, Case.Guard guard) {
        ObjectNode columns = guard(facts.key(), guard);
        sql.stateColumns().forEach(columns::putNull);
        columns.setAll(facts.columns());
        return columns;
    }

    private static Case read(ResultSet row) throws SQLException {
        Optional<Instant> openedAt =
                Optional.ofNullable(row.getObject(5, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
        long commit = row.getLong(7);
        OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(commit);
        return new Case(
                CaseStatus.of(row.getString(3)),
                row.getInt(4),
                openedAt,
                new Case.Guard(row.getInt(6), known, row.getLong(8)));
    }

    private static void execute(Connection connection, String sql, String rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, rows);
            statement.executeUpdate();
        }
    }

    private static String json(Collection<ObjectNode> rows) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(rows.size());
        rows.forEach(array::add);
        return array.toString();
    }
}
