package dev.rowcast.predictor;

import static dev.rowcast.testkit.function.DebeziumEvent.none;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.testkit.function.DebeziumEvent;

/// Events as Debezium writes them for the source table, without their schema.
public final class SourceEvents {

    public static final String TABLE = "person_churn_history";

    private SourceEvents() {}

    /// A complete row of a customer who will probably leave.
    public static ObjectNode row(String key) {
        ObjectNode row = DebeziumEvent.columns("""
                {'customerid': '', 'gender': 'Female', 'seniorcitizen': 0, 'partner': 'Yes', 'dependents': 'No',
                 'tenure': 1, 'phoneservice': 'No', 'multiplelines': 'No phone service', 'internetservice': 'DSL',
                 'onlinesecurity': 'No', 'onlinebackup': 'Yes', 'deviceprotection': 'No', 'techsupport': 'No',
                 'streamingtv': 'No', 'streamingmovies': 'No', 'contract': 'Month-to-month',
                 'paperlessbilling': 'Yes', 'paymentmethod': 'Electronic check', 'monthlycharges': '29.85',
                 'totalcharges': '29.85', 'churn': null}""");
        return row.put("customerid", key);
    }

    /// A row of a customer after some months.
    public static ObjectNode row(String key, int tenure) {
        return row(key).put("tenure", tenure);
    }

    /// An insert of `after` at `lsn`.
    public static String insert(long lsn, ObjectNode after) {
        return event(TABLE, "c", lsn, none(), after);
    }

    /// An insert of `after` at `lsn`, in the transaction that follows the commit at `commit`.
    public static String insert(long commit, long lsn, ObjectNode after) {
        return DebeziumEvent.of(TABLE, "c", commit, lsn, none(), after);
    }

    /// An update of `before` to `after` at `lsn`.
    public static String update(long lsn, ObjectNode before, ObjectNode after) {
        return event(TABLE, "u", lsn, before, after);
    }

    /// A delete of `before` at `lsn`.
    public static String delete(long lsn, ObjectNode before) {
        return event(TABLE, "d", lsn, before, none());
    }

    /// A delete of `before` at `lsn`, in the transaction that follows the commit at `commit`.
    public static String delete(long commit, long lsn, ObjectNode before) {
        return DebeziumEvent.of(TABLE, "d", commit, lsn, before, none());
    }

    /// A read by a snapshot at `lsn`.
    public static String read(long lsn, ObjectNode after) {
        return event(TABLE, "r", lsn, none(), after);
    }

    /// An event in a transaction of its own; a row without columns is null.
    public static String event(String table, String op, long lsn, ObjectNode before, ObjectNode after) {
        return DebeziumEvent.of(table, op, lsn, lsn, before, after);
    }
}
