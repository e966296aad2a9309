package dev.rowcast.retention;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.testkit.function.DebeziumEvent;

/// Events as Debezium writes them for the captured table, without their schema.
public final class CapturedEvents {

    public static final String TABLE = "person_churn_history_captured";

    /// The threshold of the model.
    public static final double THRESHOLD = 0.25;

    private CapturedEvents() {}

    /// A prediction that was stored at `lsn`.
    public static String scored(String customer, long lsn, double probability) {
        return scored(customer, lsn, lsn, probability);
    }

    /// A prediction that was stored at `lsn`, in the transaction that follows the commit at `commit`.
    public static String scored(String customer, long commit, long lsn, double probability) {
        return DebeziumEvent.of(TABLE, "u", commit, lsn, DebeziumEvent.none(), row(customer, probability));
    }

    /// A prediction that a snapshot read.
    public static String read(String customer, double probability) {
        return event(TABLE, "r", 9_000, row(customer, probability));
    }

    /// The captured row of a customer whose source row was deleted.
    public static String deleted(String customer, long lsn) {
        return event(
                TABLE,
                "u",
                lsn,
                row(customer, 0)
                        .put("deleted", true)
                        .put("operation", "d")
                        .putNull("churn_probability")
                        .putNull("churn_prediction")
                        .putNull("churn_threshold")
                        .putNull("model_version"));
    }

    /// A captured row, as far as it matters here.
    public static ObjectNode row(String customer, double probability) {
        return DebeziumEvent.none()
                .put("customerid", customer)
                .put("tenure", 1)
                .put("churn_probability", probability)
                .put("churn_prediction", probability >= THRESHOLD ? "Yes" : "No")
                .put("churn_threshold", THRESHOLD)
                .put("model_version", "churn-1")
                .put("source_epoch", 0)
                .put("source_commit", 5)
                .put("source_lsn", 5)
                .put("operation", "u")
                .put("deleted", false);
    }

    /// Any change to `after` in a transaction of its own.
    public static String event(String table, String op, long lsn, ObjectNode after) {
        return DebeziumEvent.of(table, op, lsn, lsn, DebeziumEvent.none(), after);
    }
}
