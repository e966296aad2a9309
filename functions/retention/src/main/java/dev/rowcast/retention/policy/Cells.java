package dev.rowcast.retention.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Row;
import dev.rowcast.change.ShortJson;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;

/// Reads the columns of a captured row that a rule needs.
///
/// @param row the row
record Cells(Row row) {

    /// A column has no value that a rule can use.
    static final class Fault extends Exception {

        private final transient Rejected rejected;

        Fault(Reason reason, String column, String problem) {
            super(column, null, false, false);
            rejected = new Rejected(reason, "column " + column + ": " + problem);
        }

        /// The rejection of the change, which names the column.
        Rejected rejected() {
            return rejected;
        }
    }

    /// A number from 0 to 1.
    double fraction(String column) throws Fault {
        JsonNode value = present(column);
        if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > 1) {
            throw unexpected(column, "a number 0 to 1", value);
        }
        return value.doubleValue();
    }

    /// A finite number.
    double number(String column) throws Fault {
        JsonNode value = present(column);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw unexpected(column, "a number", value);
        }
        return value.doubleValue();
    }

    /// A text.
    String text(String column) throws Fault {
        JsonNode value = present(column);
        if (!value.isTextual()) {
            throw unexpected(column, "a text", value);
        }
        return value.textValue();
    }

    private JsonNode present(String column) throws Fault {
        return row.column(column)
                .filter(value -> !value.isNull())
                .orElseThrow(() -> new Fault(Reason.FEATURE_MISSING, column, "is missing or null"));
    }

    private static Fault unexpected(String column, String expected, JsonNode found) {
        return new Fault(Reason.FEATURE_TYPE, column, "expected " + expected + ", found " + ShortJson.of(found));
    }
}
