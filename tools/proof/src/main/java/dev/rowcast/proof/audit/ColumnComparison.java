package dev.rowcast.proof.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Compares a row of Postgres with a document of Elasticsearch.
final class ColumnComparison {

    private ColumnComparison() {}

    /// {@return the keys of both stores, sorted}
    static Set<String> keys(Map<String, ?> one, Map<String, ?> other) {
        Set<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys;
    }

    /// Compares numbers by value, and booleans with `t` and `f`. A null column is absent; it equals a field
    /// that is null or absent.
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
