package dev.rowcast.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Debezium's mark for a large value that is not in the log, because the update left it as it was.
final class ToastPlaceholder {

    private static final String TEXT = "__debezium_unavailable_value";
    private static final String BASE64 = Base64.getEncoder().encodeToString(TEXT.getBytes(StandardCharsets.US_ASCII));

    // The mark as an hstore, which Debezium writes as JSON inside a text.
    private static final String HSTORE = "{\"" + TEXT + "\":\"" + TEXT + "\"}";

    private ToastPlaceholder() {}

    /// Whether the value is the mark as a text, as bytes, as an hstore or as a list of whole numbers. Of a list or an
    /// object the elements are to be asked as well.
    static boolean isIn(JsonNode value) {
        if (value.isTextual()) {
            String text = value.textValue();
            return TEXT.equals(text) || BASE64.equals(text) || HSTORE.equals(text);
        }
        return value.isArray() && value.size() == TEXT.length() && isSpelledIn(value);
    }

    private static boolean isSpelledIn(JsonNode numbers) {
        for (int i = 0; i < TEXT.length(); i++) {
            if (!numbers.get(i).isIntegralNumber() || numbers.get(i).longValue() != TEXT.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
