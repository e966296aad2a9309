package dev.rowcast.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.testkit.function.GuardedRows;
import dev.rowcast.testkit.station.Postgres;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the cases, and the events of the outbox in the WAL.
final class StoredCases extends GuardedRows {

    /// The inserts that the slot of the outbox has still to send, as text. The slot is not moved.
    private static final String EVENTS = """
            SELECT data FROM pg_logical_slot_peek_binary_changes(
                'rowcast_outbox', NULL, NULL, 'proto_version', '1', 'publication_names', 'rowcast_outbox')
            WHERE get_byte(data, 0) = ascii('I')""";

    StoredCases(Postgres postgres) {
        super(postgres, "SELECT customerid, captured_epoch, captured_commit, captured_lsn FROM retention_case");
    }

    /// The row of a customer as text, without its null columns; empty if there is no row.
    Map<String, String> of(String customer) throws SQLException {
        Map<String, String> columns = new HashMap<>();
        database.rows("SELECT *, opened_at AT TIME ZONE 'UTC' AS opened_utc FROM retention_case WHERE customerid = '"
                        + customer + "'")
                .forEach(columns::putAll);
        columns.values().removeIf(Objects::isNull);
        return columns;
    }

    /// The status of the case of a customer; empty if there is no row.
    String status(String customer) throws SQLException {
        return of(customer).getOrDefault("status", "");
    }

    /// The customers with a prefix that have a row.
    Set<String> customers(String prefix) throws SQLException {
        return positions().keySet().stream()
                .filter(customer -> customer.startsWith(prefix))
                .collect(Collectors.toSet());
    }

    /// The number of customers with a prefix whose case has a status.
    int count(String prefix, String status) throws SQLException {
        return Integer.parseInt(
                text("SELECT count(*) FROM retention_case WHERE status = '%s' AND starts_with(customerid, '%s')"
                        .formatted(status, prefix)));
    }

    /// The types of the events of a customer, `opened` or `closed`, in the order of the WAL.
    List<String> events(String customer) throws SQLException {
        return inserts(customer).stream()
                .map(insert -> insert.contains("dev.rowcast.retention.opened") ? "opened" : "closed")
                .toList();
    }

    /// The events of a customer as they are in the WAL.
    List<String> inserts(String customer) throws SQLException {
        return database.query("postgres", EVENTS, row -> new String(row.getBytes(1), UTF_8)).stream()
                .filter(insert -> insert.contains("\"customerid\":\"" + customer + "\""))
                .toList();
    }

    /// The number of rows in the outbox.
    String outboxRows() throws SQLException {
        return text("SELECT count(*) FROM outboxevent");
    }

    /// Queries as the superuser.
    ///
    /// @return the first column of the first row
    String text(String sql) throws SQLException {
        return database.text(sql);
    }
}
