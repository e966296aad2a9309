package dev.rowcast.indexer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Events as Debezium writes them for the two tables, without their schema.
public final class TableEvents {

    public static final String SOURCE = "person_churn_history";
    public static final String CAPTURED = "person_churn_history_captured";

    private static final JsonMapper JSON = new JsonMapper();

    private TableEvents() {}

    /// A row as JSON, given with single quotes.
    public static ObjectNode row(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError("the test holds broken JSON: " + json, e);
        }
    }

    /// An update to `after` at `lsn`.
    public static String update(String table, long lsn, ObjectNode after) {
        return event(table, "u", lsn, JsonNodeFactory.instance.nullNode(), after);
    }

    /// A delete of `before` at `lsn`.
    public static String delete(String table, long lsn, ObjectNode before) {
        return event(table, "d", lsn, before, JsonNodeFactory.instance.nullNode());
    }

    /// A read by a snapshot at `lsn`.
    public static String read(String table, long lsn, ObjectNode after) {
        return event(table, "r", lsn, JsonNodeFactory.instance.nullNode(), after);
    }

    private static String event(String table, String op, long lsn, JsonNode before, JsonNode after) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.set("before", before);
        event.set("after", after);
        event.putObject("source")
                .put("version", "3.7.0.Final")
                .put("connector", "postgresql")
                .put("name", "churn")
                .put("ts_ms", 1_772_366_400_123L)
                .put("ts_us", 1_772_366_400_123_456L)
                .put("db", "rowcast")
                .put("schema", "public")
                .put("table", table)
                .put("txId", 771)
                .put("lsn", lsn)
                .put("sequence", "[\"%1$d\",\"%1$d\"]".formatted(lsn));
        event.put("op", op);
        event.put("ts_ms", 1_772_366_400_500L);
        return event.toString();
    }
}
