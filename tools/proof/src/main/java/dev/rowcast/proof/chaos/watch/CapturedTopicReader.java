package dev.rowcast.proof.chaos.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Position;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.chaos.delivery.ChangeEvent;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/// Reads every committed state of the captured table from its topic: a position that fell and rose again
/// between two reads of the table is found here. One thread only.
final class CapturedTopicReader implements AutoCloseable {

    /// A state of one key.
    ///
    /// @param captured position of the change of the captured table
    /// @param source position of the source table's change that was scored
    private record State(Position captured, Position source) {}

    private final TopicTail tail;
    private final ModelContract contract;
    private final Violations violations;
    private final PredictionDelays delays;
    private final Map<String, State> last = new HashMap<>();

    CapturedTopicReader(TopicTail tail, ModelContract contract, Violations violations, PredictionDelays delays) {
        this.tail = tail;
        this.contract = contract;
        this.violations = violations;
        this.delays = delays;
    }

    /// {@return the number of records}
    int read(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = tail.poll(timeout);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() != null) {
                ChangeEvent.read(record.value(), contract.source().key().getFirst())
                        .ifPresent(this::add);
            }
        }
        return records.count();
    }

    private void add(ChangeEvent change) {
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

    @Override
    public void close() {
        tail.close();
    }
}
