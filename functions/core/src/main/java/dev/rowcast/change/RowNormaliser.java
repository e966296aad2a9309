package dev.rowcast.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/// Makes every column of a row what it means: encoded decimals become numbers. A row that cannot be stored as it was in
/// the database is rejected, naming the column.
final class RowNormaliser {

    // Postgres holds up to 131,072 digits before the point and 16,383 after; beyond that a plain text of the number
    // could fill the memory.
    private static final int MAX_EXPONENT = 131_072;

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

    static Row normalise(ObjectNode columns, JsonNode schema) throws Rejection {
        for (JsonNode field : schema.path("fields")) {
            String column = field.path("field").asText();
            Optional<BigDecimal> decimal = Decimals.fixedScale(column, field, columns.path(column));
            decimal.ifPresent(number -> columns.set(column, DecimalNode.valueOf(number)));
        }
        for (Map.Entry<String, JsonNode> column : columns.properties()) {
            Optional<BigDecimal> decimal = Decimals.variableScale(column.getKey(), column.getValue());
            decimal.ifPresent(number -> column.setValue(DecimalNode.valueOf(number)));
            check(column.getKey(), column.getValue());
        }
        return new Row(columns);
    }

    private static void check(String column, JsonNode value) throws Rejection {
        if (ToastPlaceholder.isIn(value)) {
            throw new Rejection(
                    Reason.TOAST_PLACEHOLDER,
                    "column " + column
                            + ": its unchanged large value is not in the event; set REPLICA IDENTITY FULL on the table");
        }
        if (value.isBigDecimal() && Math.abs((long) value.decimalValue().scale()) > MAX_EXPONENT) {
            throw new Rejection(
                    Reason.COLUMN_UNREADABLE, "column " + column + ": no decimal of a database: " + Found.in(value));
        }
        if (value.isTextual() && !isDatabaseText(value.textValue())) {
            throw new Rejection(
                    Reason.COLUMN_UNREADABLE,
                    "column " + column + ": holds a NUL or half a character, which no text of a database does");
        }
        if (value.isContainerNode()) {
            for (JsonNode element : value) {
                check(column, element);
            }
        }
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
}
