package dev.rowcast.testkit.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Builds change events as Debezium writes them, without their schema.
public final class DebeziumEvent {

    /// The time of each change, in milliseconds.
    public static final long TIME = 1_772_366_400_123L;

    /// The time of each change, as ISO 8601.
    public static final String ISO_TIME = "2026-03-01T12:00:00.123Z";

    private static final JsonMapper JSON = new JsonMapper();

    private DebeziumEvent() {}

    /// Columns of a row.
    ///
    /// @param json an object, written with single quotes
    public static ObjectNode columns(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError("the test holds broken JSON: " + json, e);
        }
    }

    /// {@return a row without columns: the missing side of an event}
    public static ObjectNode none() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// A change.
    ///
    /// @param op the operation: `c`, `u`, `d` or `r`
    /// @param commit the LSN of the commit before the transaction of the change
    /// @param lsn the LSN of the change
    /// @param before the old row; written as null if it has no columns
    /// @param after the new row; written as null if it has no columns
    public static String of(String table, String op, long commit, long lsn, ObjectNode before, ObjectNode after) {
        ObjectNode event = none();
        event.set("before", orNull(before));
        event.set("after", orNull(after));
        event.putObject("source")
                .put("version", "3.7.0.Final")
                .put("connector", "postgresql")
                .put("name", "churn")
                .put("ts_ms", TIME)
                .put("ts_us", TIME * 1000 + 987)
                .put("db", "rowcast")
                .put("schema", "public")
                .put("table", table)
                .put("txId", 771)
                .put("lsn", lsn)
                .put("sequence", "[\"%d\",\"%d\"]".formatted(commit, lsn));
        event.put("op", op);
        event.put("ts_ms", TIME + 400);
        return event.toString();
    }

    private static JsonNode orNull(ObjectNode row) {
        return row.isEmpty() ? JsonNodeFactory.instance.nullNode() : row;
    }
}
