package dev.rowcast.predictor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Events as Debezium writes them for the source table, without their schema.
public final class SourceEvents {

    public static final String TABLE = "person_churn_history";

    /// The time of every change, in milliseconds.
    public static final long TIME = 1_772_366_400_123L;

    private static final JsonMapper JSON = new JsonMapper();

    private SourceEvents() {}

    /// A whole row of a customer who may well leave, with this key.
    public static ObjectNode row(String key) {
        ObjectNode row = columns("""
                {'customerid': '', 'gender': 'Female', 'seniorcitizen': 0, 'partner': 'Yes', 'dependents': 'No',
                 'tenure': 1, 'phoneservice': 'No', 'multiplelines': 'No phone service', 'internetservice': 'DSL',
                 'onlinesecurity': 'No', 'onlinebackup': 'Yes', 'deviceprotection': 'No', 'techsupport': 'No',
                 'streamingtv': 'No', 'streamingmovies': 'No', 'contract': 'Month-to-month',
                 'paperlessbilling': 'Yes', 'paymentmethod': 'Electronic check', 'monthlycharges': '29.85',
                 'totalcharges': '29.85', 'churn': null}""");
        return row.put("customerid", key);
    }

    /// The same customer after some months.
    public static ObjectNode row(String key, int tenure) {
        return row(key).put("tenure", tenure);
    }

    /// Columns as JSON, given with single quotes.
    public static ObjectNode columns(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError("the test holds broken JSON: " + json, e);
        }
    }

    /// An insert of `after` at `lsn`.
    public static String insert(long lsn, ObjectNode after) {
        return event(TABLE, "c", lsn, JsonNodeFactory.instance.objectNode(), after);
    }

    /// An insert of `after` at `lsn`, in the transaction that follows the commit at `commit`.
    public static String insert(long commit, long lsn, ObjectNode after) {
        return event(TABLE, "c", commit, lsn, JsonNodeFactory.instance.objectNode(), after);
    }

    /// An update of `before` to `after` at `lsn`.
    public static String update(long lsn, ObjectNode before, ObjectNode after) {
        return event(TABLE, "u", lsn, before, after);
    }

    /// A delete of `before` at `lsn`.
    public static String delete(long lsn, ObjectNode before) {
        return event(TABLE, "d", lsn, before, JsonNodeFactory.instance.objectNode());
    }

    /// A delete of `before` at `lsn`, in the transaction that follows the commit at `commit`.
    public static String delete(long commit, long lsn, ObjectNode before) {
        return event(TABLE, "d", commit, lsn, before, JsonNodeFactory.instance.objectNode());
    }

    /// A read by a snapshot that looked at `lsn`.
    public static String read(long lsn, ObjectNode after) {
        return event(TABLE, "r", lsn, JsonNodeFactory.instance.objectNode(), after);
    }

    /// Any event in a transaction of its own; an empty side is none.
    public static String event(String table, String op, long lsn, ObjectNode before, ObjectNode after) {
        return event(table, op, lsn, lsn, before, after);
    }

    private static String event(String table, String op, long commit, long lsn, ObjectNode before, ObjectNode after) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.set("before", before.isEmpty() ? JsonNodeFactory.instance.nullNode() : before);
        event.set("after", after.isEmpty() ? JsonNodeFactory.instance.nullNode() : after);
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
}
