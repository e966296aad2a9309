package dev.rowcast.endpoint.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Change;
import dev.rowcast.change.Key;
import dev.rowcast.change.Position;
import dev.rowcast.change.Row;
import dev.rowcast.change.Upsert;
import java.util.Optional;

/// What an event is about.
///
/// @param key      the key of the row, as text
/// @param position the position of the change
/// @param source   the position of the change of the source row; of a captured row the change that was
///     scored
record Subject(String key, Position position, Position source) {

    static Subject of(Key key, Position position) {
        return new Subject(key.id(), position, position);
    }

    static Subject of(Change change) {
        return new Subject(change.key().id(), change.position(), source(change).orElse(change.position()));
    }

    /// A captured row has the position of the change that was scored; no contract allows a source row
    /// these names.
    private static Optional<Position> source(Change change) {
        if (!(change instanceof Upsert upsert)) {
            return Optional.empty();
        }
        Row row = upsert.after();
        Optional<JsonNode> epoch = row.column("source_epoch").filter(JsonNode::canConvertToInt);
        Optional<JsonNode> commit = row.column("source_commit").filter(JsonNode::canConvertToLong);
        Optional<JsonNode> lsn = row.column("source_lsn").filter(JsonNode::canConvertToLong);
        if (epoch.isEmpty() || commit.isEmpty() || lsn.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Position(
                    epoch.get().intValue(), commit.get().longValue(), lsn.get().longValue()));
        } catch (IllegalArgumentException noPosition) {
            return Optional.empty();
        }
    }

    static String text(Position position) {
        return position.epoch() + "/" + position.commit() + "/" + position.lsn();
    }
}
