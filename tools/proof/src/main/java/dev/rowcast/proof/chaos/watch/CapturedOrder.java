package dev.rowcast.proof.chaos.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Position;
import dev.rowcast.proof.chaos.delivery.ChangeEvent;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Checks every committed state of the captured table in the order of its topic: a position that fell and rose
/// again between two reads of the table is found here. One thread only.
final class CapturedOrder {

    /// A state of one key.
    ///
    /// @param captured position of the change of the captured table
    /// @param source position of the source table's change that was scored
    private record State(Position captured, Position source) {}

    private final Violations violations;
    private final PredictionDelays delays;
    private final Map<String, State> last = new HashMap<>();

    CapturedOrder(Violations violations, PredictionDelays delays) {
        this.violations = violations;
        this.delays = delays;
    }

    /// Adds the next change.
    void add(ChangeEvent change) {
        JsonNode row = change.row();
        State state = new State(
                change.position(),
                new Position(
                        row.path("source_epoch").asInt(),
                        row.path("source_commit").asLong(),
                        row.path("source_lsn").asLong()));
        Optional<State> before = Optional.ofNullable(last.get(change.key()));
        if (before.isPresent() && state.captured().compareTo(before.get().captured()) <= 0) {
            // Debezium was killed before it had committed its offset, and repeats the change.
            return;
        }
        last.put(change.key(), state);
        int rise = before.map(earlier -> state.source().compareTo(earlier.source()))
                .orElse(1);
        if (rise < 0) {
            violations.backwards("WAL of the captured table, " + change.key() + ": is at " + state.source()
                    + ", was at " + before.get().source());
        }
        if (rise > 0 && !state.source().equals(Position.floor(state.source().epoch()))) {
            delays.add(Duration.between(
                    OffsetDateTime.parse(row.path("source_ts").asText()),
                    OffsetDateTime.parse(row.path("predicted_at").asText())));
        }
    }
}
