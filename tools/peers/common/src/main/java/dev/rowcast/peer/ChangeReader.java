package dev.rowcast.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Reads Debezium's events of the table.
public final class ChangeReader {

    private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);

    private ChangeReader() {}

    /// The change in an event; empty for a tombstone and for an event that is no change of a row.
    ///
    /// @param event value of the record; null for a tombstone
    public static Optional<PeerChange> read(byte[] event) {
        if (event == null) {
            return Optional.empty();
        }
        JsonNode envelope = parse(event);
        JsonNode source = envelope.path("source");
        JsonNode before = envelope.path("before");
        String operation = envelope.path("op").asText();
        JsonNode row = operation.equals("d") ? before : envelope.path("after");
        if (!row.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new PeerChange(
                row.path("customerid").asText(),
                operation,
                commit(source.path("sequence").asText()),
                source.path("lsn").asLong(),
                source.path("ts_ms").asLong(),
                row,
                before.isObject() ? before.toString() : null));
    }

    private static JsonNode parse(byte[] event) {
        try {
            return JSON.readTree(event);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /// @param sequence such as `["24023128","24023128"]`; null as the first element before the first commit
    private static long commit(String sequence) {
        int begin = sequence.indexOf('"') + 1;
        int end = sequence.indexOf('"', begin);
        return sequence.startsWith("[\"") ? Long.parseLong(sequence, begin, end, 10) : 0;
    }
}
