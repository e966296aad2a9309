package dev.rowcast.proof.chaos.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.change.Position;
import java.io.IOException;
import java.util.Optional;

/// A change in a Debezium event, read without the functions' decoder.
///
/// @param table name without schema
/// @param key value of the key column
/// @param position of the change; the floor of epoch 0 for a read
/// @param row after the change; before it for a delete
public record ChangeEvent(String table, String key, Position position, JsonNode row) {

    private static final JsonMapper JSON = new JsonMapper();

    /// Reads the body of an event.
    ///
    /// @return empty when the event is no change of a row
    public static Optional<ChangeEvent> read(byte[] body, String keyColumn) {
        try {
            JsonNode event = JSON.readTree(body);
            String op = event.path("op").asText();
            JsonNode row = event.path(op.equals("d") ? "before" : "after");
            if (!row.hasNonNull(keyColumn) || !"cudr".contains(op) || op.length() != 1) {
                return Optional.empty();
            }
            return Optional.of(new ChangeEvent(
                    event.path("source").path("table").asText(),
                    row.path(keyColumn).asText(),
                    op.equals("r") ? Position.floor(0) : position(event.path("source")),
                    row));
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    private static Position position(JsonNode source) throws IOException {
        JsonNode sequence = JSON.readTree(source.path("sequence").asText());
        return new Position(0, sequence.path(0).asLong(), source.path("lsn").asLong());
    }
}
