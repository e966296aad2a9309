package dev.rowcast.change.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A placeholder that Debezium writes for a large value that the update did not change, so that it is not
/// in the log.
enum ToastPlaceholder {

    /// The placeholder that the connectors of this project are configured with. It begins with a NUL, which
    /// no text in Postgres contains, so it cannot be confused with a value of a user.
    CONFIGURED("\0__debezium_unavailable_value"),

    /// Debezium's default placeholder. A user can have written the same text.
    DEFAULT("__debezium_unavailable_value");

    private final String text;
    private final String base64;

    // Debezium writes an hstore as JSON inside a text.
    private final String hstore;

    ToastPlaceholder(String text) {
        this.text = text;
        this.base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        String quoted = '"' + text.replace("\0", "\\u0000") + '"';
        this.hstore = "{" + quoted + ":" + quoted + "}";
    }

    /// Returns whether the value is the placeholder as text, bytes, hstore or list of whole numbers. The
    /// elements of other lists and of objects have to be checked separately.
    boolean isIn(JsonNode value) {
        if (value.isTextual()) {
            String found = value.textValue();
            return text.equals(found) || base64.equals(found) || hstore.equals(found);
        }
        return value.isArray() && value.size() == text.length() && areCharactersOf(value);
    }

    private boolean areCharactersOf(JsonNode numbers) {
        for (int i = 0; i < text.length(); i++) {
            if (!numbers.get(i).isIntegralNumber() || numbers.get(i).longValue() != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
