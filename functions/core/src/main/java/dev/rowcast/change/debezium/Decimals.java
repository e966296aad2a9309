package dev.rowcast.change.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.outcome.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Optional;

/// Decodes decimals of the mode `precise`: the unscaled number in base64, with the scale either in the
/// schema (a column with a fixed scale) or next to the number (a column without).
final class Decimals {

    private static final String FIXED_SCALE = "org.apache.kafka.connect.data.Decimal";
    // The longest numeric of Postgres has 147,455 digits, about 61,000 bytes.
    private static final int MAX_BASE64_CHARACTERS = 90_000;

    private Decimals() {}

    /// The number in a column whose `schema` is a decimal; empty for another schema, or for null.
    static Optional<BigDecimal> fixedScale(String column, JsonNode schema, JsonNode value) throws Rejection {
        if (!FIXED_SCALE.equals(schema.path("name").asText()) || !value.isTextual()) {
            return Optional.empty();
        }
        String scale = schema.path("parameters").path("scale").asText();
        if (!scale.matches("-?\\d{1,6}")) {
            throw unreadable(column, "its schema has the scale \"" + scale + "\"");
        }
        return Optional.of(new BigDecimal(unscaled(column, value.textValue()), Integer.parseInt(scale)));
    }

    /// The number in a column with a pair of `scale` and `value`; empty for any other column.
    static Optional<BigDecimal> variableScale(String column, JsonNode value) throws Rejection {
        if (!value.isObject() || value.size() != 2 || !value.has("scale") || !value.has("value")) {
            return Optional.empty();
        }
        JsonNode scale = value.get("scale");
        if (!scale.isInt() || !value.get("value").isTextual()) {
            throw unreadable(column, "expected a scale and a value in base64");
        }
        return Optional.of(new BigDecimal(unscaled(column, value.get("value").textValue()), scale.intValue()));
    }

    private static BigInteger unscaled(String column, String base64) throws Rejection {
        if (base64.isEmpty() || base64.length() > MAX_BASE64_CHARACTERS) {
            throw unreadable(column, "its value has " + base64.length() + " characters");
        }
        try {
            return new BigInteger(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException noBase64) {
            throw unreadable(column, "its value is not base64: " + noBase64.getMessage());
        }
    }

    private static Rejection unreadable(String column, String why) {
        return new Rejection(Reason.COLUMN_UNREADABLE, "column " + column + ": not an encoded decimal: " + why);
    }
}
