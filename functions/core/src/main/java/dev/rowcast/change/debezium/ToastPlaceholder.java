package dev.rowcast.change.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A mark that Debezium puts in place of a large value that is not in the log, because the update left it as it was.
enum ToastPlaceholder {

    /// The mark that the connectors of this project are set to write. It begins with a NUL, which no text of Postgres
    /// holds, so no text of a user is mistaken for it.
    OF_THE_CONNECTOR("\0__debezium_unavailable_value"),

    /// The mark that Debezium writes when its connector is not told otherwise. A user can have written it.
    BY_DEFAULT("__debezium_unavailable_value");

    private final String text;
    private final String base64;

    // The mark as an hstore, which Debezium writes as JSON inside a text.
    private final String hstore;

    ToastPlaceholder(String text) {
        this.text = text;
        this.base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        String quoted = '"' + text.replace("\0", "\\u0000") + '"';
        this.hstore = "{" + quoted + ":" + quoted + "}";
    }

    /// Whether the value is the mark as a text, as bytes, as an hstore or as a list of whole numbers. Of a list or an
    /// object the elements are to be asked as well.
    boolean isIn(JsonNode value) {
        if (value.isTextual()) {
            String found = value.textValue();
            return text.equals(found) || base64.equals(found) || hstore.equals(found);
        }
        return value.isArray() && value.size() == text.length() && isSpelledIn(value);
    }

    private boolean isSpelledIn(JsonNode numbers) {
        for (int i = 0; i < text.length(); i++) {
            if (!numbers.get(i).isIntegralNumber() || numbers.get(i).longValue() != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
