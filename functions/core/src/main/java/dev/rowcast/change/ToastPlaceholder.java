package dev.rowcast.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Debezium's mark for a large value that is not in the log, because the update left it as it was.
final class ToastPlaceholder {

    private static final String TEXT = "__debezium_unavailable_value";
    private static final String BASE64 = Base64.getEncoder().encodeToString(TEXT.getBytes(StandardCharsets.US_ASCII));

    private ToastPlaceholder() {}

    /// Whether the value is the mark as a text or as bytes. In a list or an object each element is to be asked.
    static boolean isIn(JsonNode value) {
        return value.isTextual() && (TEXT.equals(value.textValue()) || BASE64.equals(value.textValue()));
    }
}
