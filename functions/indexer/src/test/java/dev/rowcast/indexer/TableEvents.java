package dev.rowcast.indexer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.testkit.function.DebeziumEvent;

/// Events as Debezium writes them for the two tables, without their schema.
public final class TableEvents {

    public static final String SOURCE = "person_churn_history";
    public static final String CAPTURED = "person_churn_history_captured";

    private TableEvents() {}

    /// An update to `after` at `lsn`.
    public static String update(String table, long lsn, ObjectNode after) {
        return DebeziumEvent.of(table, "u", lsn, lsn, DebeziumEvent.none(), after);
    }

    /// A delete of `before` at `lsn`.
    public static String delete(String table, long lsn, ObjectNode before) {
        return DebeziumEvent.of(table, "d", lsn, lsn, before, DebeziumEvent.none());
    }

    /// A read by a snapshot at `lsn`.
    public static String read(String table, long lsn, ObjectNode after) {
        return DebeziumEvent.of(table, "r", lsn, lsn, DebeziumEvent.none(), after);
    }
}
