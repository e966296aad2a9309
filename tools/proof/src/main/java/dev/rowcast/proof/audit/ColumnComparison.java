package dev.rowcast.proof.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/// ColumnComparison of two stores side by side.
final class ColumnComparison {

    private ColumnComparison() {}

    /// Postgres' text against JSON: numbers by value, booleans as `t` and `f`, and a column that is null, which is
    /// absent,
    /// against one that is null or absent.
    static boolean isSame(String text, JsonNode json) {
        boolean none = json.isNull() || json.isMissingNode();
        if (text == null || none) {
            return text == null && none;
        }
        if (json.isNumber()) {
            return new BigDecimal(text).compareTo(json.decimalValue()) == 0;
        }
        return json.isBoolean() ? text.equals(json.asBoolean() ? "t" : "f") : text.equals(json.asText());
    }
}
