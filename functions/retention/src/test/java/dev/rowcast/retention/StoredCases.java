package dev.rowcast.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.change.Position;
import dev.rowcast.testkit.station.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks at cases and at the outbox in the WAL from outside.
final class StoredCases {

    /// What the outbox's slot still has to send, without moving it: the inserts of `pgoutput`, as text.
    private static final String EVENTS = """
            SELECT data FROM pg_logical_slot_peek_binary_changes(
                'rowcast_outbox', NULL, NULL, 'proto_version', '1', 'publication_names', 'rowcast_outbox')
            WHERE get_byte(data, 0) = ascii('I')""";

    private final Postgres postgres;

    StoredCases(Postgres postgres) {
        this.postgres = postgres;
    }

    /// The row of a customer, each column as text; a null column is absent, and so is everything when there is no row.
    Map<String, String> of(String customer) throws SQLException {
        try (Connection connection = postgres.connect("app");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT *, opened_at AT TIME ZONE 'UTC' AS opened_utc"
                        + " FROM retention_case WHERE customerid = '" + customer + "'")) {
            Map<String, String> columns = new HashMap<>();
            if (row.next()) {
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    if (row.getString(column) != null) {
                        columns.put(row.getMetaData().getColumnName(column), row.getString(column));
                    }
                }
            }
            return columns;
        }
    }

    /// How it stands with the case of a customer; empty when there is no row.
    String status(String customer) throws SQLException {
        return of(customer).getOrDefault("status", "");
    }

    /// The customers with a row whose keys begin so.
    Set<String> customers(String prefix) throws SQLException {
        return positions().keySet().stream()
                .filter(customer -> customer.startsWith(prefix))
                .collect(Collectors.toSet());
    }

    /// The position that the case of each customer stands at.
    Map<String, Position> positions() throws SQLException {
        try (Connection connection = postgres.connect("app");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT customerid, captured_epoch, captured_commit, captured_lsn FROM retention_case")) {
            Map<String, Position> positions = new HashMap<>();
            while (rows.next()) {
                positions.put(rows.getString(1), new Position(rows.getInt(2), rows.getLong(3), rows.getLong(4)));
            }
            return positions;
        }
    }

    /// How many customers whose key begins so are in a status.
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
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(EVENTS)) {
            List<String> events = new ArrayList<>();
            while (rows.next()) {
                String insert = new String(rows.getBytes(1), UTF_8);
                if (insert.contains("\"customerid\":\"" + customer + "\"")) {
                    events.add(insert);
                }
            }
            return events;
        }
    }

    /// How many rows the outbox shows.
    String outboxRows() throws SQLException {
        return text("SELECT count(*) FROM outboxevent");
    }

    /// The first column of the first row, as the superuser sees it.
    String text(String sql) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /// Does something as the superuser.
    void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
