package dev.rowcast.change.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Row;
import dev.rowcast.change.ShortJson;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Decodes the columns of a row: encoded decimals become numbers. A column that is unreadable, or has a
/// value that Postgres cannot store, is omitted with the reason.
final class RowNormaliser {

    // A numeric of Postgres has up to 131,072 digits before the point and 16,383 after.
    private static final int MAX_DIGITS_BEFORE_THE_POINT = 131_072;
    private static final int MAX_DIGITS_AFTER_THE_POINT = 16_383;

    private RowNormaliser() {}

    /// The schema of a side (`before`, `after`) of the envelope, or a missing node.
    static JsonNode schemaOf(JsonNode envelopeSchema, String side) {
        for (JsonNode field : envelopeSchema.path("fields")) {
            if (side.equals(field.path("field").asText())) {
                return field;
            }
        }
        return envelopeSchema.path("");
    }

    /// @param columns the columns of the event; modified, and used in the returned row
    /// @param schema the schema of the row, or a missing node
    /// @param unchanged finds placeholders
    /// @param leftOut columns that could not be parsed
    static Row normalise(
            ObjectNode columns, JsonNode schema, PlaceholderRule unchanged, SequencedMap<String, Rejected> leftOut) {
        SequencedMap<String, Rejected> unreadable = new LinkedHashMap<>(leftOut);
        for (JsonNode field : schema.path("fields")) {
            String column = field.path("field").asText();
            try {
                JsonNode value = columns.path(column);
                Optional<BigDecimal> decimal =
                        unchanged.matches(column, value) ? Optional.empty() : Decimals.fixedScale(column, field, value);
                decimal.ifPresent(number -> columns.set(column, DecimalNode.valueOf(number)));
            } catch (Rejection fault) {
                columns.remove(column);
                unreadable.put(column, fault.rejected());
            }
        }
        for (Iterator<Map.Entry<String, JsonNode>> each = columns.properties().iterator(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> column = each.next();
            try {
                Optional<BigDecimal> decimal = Decimals.variableScale(column.getKey(), column.getValue());
                decimal.ifPresent(number -> column.setValue(DecimalNode.valueOf(number)));
                check(column.getKey(), column.getKey());
                check(column.getKey(), column.getValue(), unchanged);
            } catch (Rejection fault) {
                each.remove();
                unreadable.put(readable(column.getKey()), fault.rejected());
            }
        }
        return new Row(columns, unreadable);
    }

    private static void check(String column, JsonNode value, PlaceholderRule unchanged) throws Rejection {
        if (unchanged.matches(column, value)) {
            throw new Rejection(
                    Reason.TOAST_PLACEHOLDER,
                    "column " + column
                            + ": its unchanged large value is not in the event; set REPLICA IDENTITY FULL on the table");
        }
        if (value.isBigDecimal() && !isDatabaseNumber(value.decimalValue())) {
            throw new Rejection(
                    Reason.COLUMN_UNREADABLE,
                    "column " + column + ": not a decimal that Postgres can store: " + ShortJson.of(value));
        }
        if (value.isTextual()) {
            check(column, value.textValue());
        }
        if (value.isContainerNode()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                check(column, field.getKey());
            }
            for (JsonNode element : value) {
                check(column, element, unchanged);
            }
        }
    }

    private static void check(String column, String text) throws Rejection {
        if (!isDatabaseText(text)) {
            throw new Rejection(
                    Reason.COLUMN_UNREADABLE,
                    "column " + column + ": contains a NUL or an unpaired surrogate, which Postgres cannot store");
        }
    }

    private static boolean isDatabaseNumber(BigDecimal number) {
        return (long) number.precision() - number.scale() <= MAX_DIGITS_BEFORE_THE_POINT
                && number.scale() <= MAX_DIGITS_AFTER_THE_POINT;
    }

    private static boolean isDatabaseText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The name with characters that Postgres cannot store replaced.
    private static String readable(String name) {
        return isDatabaseText(name) ? name : name.replaceAll("[\\x00\\p{Cs}]", "\uFFFD");
    }
}
