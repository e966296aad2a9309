package dev.rowcast.local.page.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Kinds of events that every function which reads the source topic must reject.
public enum FaultyEvent {
    /// A truncated event.
    NOT_JSON,
    /// JSON without a Debezium envelope.
    NO_ENVELOPE,
    /// A change without a log position.
    POSITION_MISSING,
    /// A row without key.
    KEY_MISSING,
    /// A column that Debezium could not read from the WAL.
    TOAST_PLACEHOLDER;

    /// The kind with a name, such as `not-json`.
    static Optional<FaultyEvent> of(String text) {
        return Stream.of(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }

    /// The name of the kind, which is the reason that the functions give.
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The bytes of a faulty event.
    ///
    /// @param event  a valid change, which is modified
    /// @param key    a key column
    /// @param column another column
    byte[] of(ObjectNode event, String key, String column) {
        switch (this) {
            case NOT_JSON, NO_ENVELOPE -> {}
            case POSITION_MISSING -> ((ObjectNode) event.path("source")).remove("lsn");
            case KEY_MISSING -> ((ObjectNode) event.path("after")).remove(key);
            case TOAST_PLACEHOLDER -> ((ObjectNode) event.path("after")).put(column, "\0__debezium_unavailable_value");
        }
        byte[] bytes =
                (this == NO_ENVELOPE ? event.path("after") : event).toString().getBytes(StandardCharsets.UTF_8);
        return this == NOT_JSON ? Arrays.copyOf(bytes, bytes.length / 2) : bytes;
    }
}
