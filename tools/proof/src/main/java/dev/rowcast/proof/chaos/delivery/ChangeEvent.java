package dev.rowcast.proof.chaos.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.change.Position;
import java.io.IOException;
import java.util.Optional;

/// What a test must know of an event of Debezium, read without the functions' decoder.
///
/// @param table the table without its schema
/// @param key value of the key column
/// @param position of the change; the floor of epoch 0 for a read
/// @param row the row after the change, or before it when it is a delete
public record ChangeEvent(String table, String key, Position position, JsonNode row) {

    private static final JsonMapper JSON = new JsonMapper();

    /// Reads the body of an event.
    ///
    /// @param keyColumn its name
    /// @return empty for whatever is no change of a row
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
