package dev.rowcast.model.cell;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/// The grammar of a cell, the same as in the trainer (`cells.py`) and in the contract's schema: blanks, and
/// the texts that are numbers or booleans. Only ASCII digits; spaces are those that Postgres skips
/// around a number.
final class CellText {

    static final Pattern NUMBER =
            Pattern.compile("[+-]?([0-9]{1,400}(\\.[0-9]{0,400})?|\\.[0-9]{1,400})([eE][+-]?[0-9]{1,4})?");
    static final Pattern BOOLEAN = Pattern.compile("[tT]([rR][uU][eE])?|[fF]([aA][lL][sS][eE])?");

    private CellText() {}

    /// Returns whether a text is empty or has only spaces.
    static boolean isBlank(String text) {
        return strip(text).isEmpty();
    }

    /// The text without leading and trailing spaces.
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /// The value of a JSON number, or of a text that spells one, if a float can hold it.
    static Optional<BigDecimal> number(JsonNode value) {
        if (value.isTextual()) {
            String text = strip(value.textValue());
            return NUMBER.matcher(text).matches() ? finite(new BigDecimal(text)) : Optional.empty();
        }
        boolean isNumber = value.isNumber() && (value.isBigDecimal() || Double.isFinite(value.doubleValue()));
        return isNumber ? finite(value.decimalValue()) : Optional.empty();
    }

    private static Optional<BigDecimal> finite(BigDecimal number) {
        return Float.isFinite((float) number.doubleValue()) ? Optional.of(number) : Optional.empty();
    }

    /// The value of a JSON boolean, or of a text that spells one as in Postgres.
    static Optional<Boolean> bool(JsonNode value) {
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        String text = value.isTextual() ? strip(value.textValue()) : "";
        return BOOLEAN.matcher(text).matches()
                ? Optional.of(Character.toLowerCase(text.charAt(0)) == 't')
                : Optional.empty();
    }
}
