package dev.rowcast.proof.chaos.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.change.Position;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.proof.chaos.delivery.ChangeEvent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/// Reads every state that the captured table was ever committed in, out of its WAL: between two looks at the table it
/// may have gone back and forth, here it cannot. One thread only.
final class CapturedTopicReader implements AutoCloseable {

    /// A state of one key.
    ///
    /// @param at position of the captured table's own change
    /// @param of position of the source table's change that it stands for
    private record State(Position at, Position of) {}

    private final TopicTail tail;
    private final ModelContract contract;
    private final Violations findings;
    private final PredictionDelays delays;
    private final Map<String, State> last = new HashMap<>();

    CapturedTopicReader(TopicTail tail, ModelContract contract, Violations findings, PredictionDelays delays) {
        this.tail = tail;
        this.contract = contract;
        this.findings = findings;
        this.delays = delays;
    }

    /// {@return how many events came}
    int read(Duration patience) {
        ConsumerRecords<byte[], byte[]> records = tail.poll(patience);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() != null) {
                ChangeEvent.read(record.value(), contract.source().key().getFirst())
                        .ifPresent(this::take);
            }
        }
        return records.count();
    }

    private void take(ChangeEvent change) {
        JsonNode row = change.row();
        State state = new State(
                change.position(),
                new Position(
                        row.path("source_epoch").asInt(),
                        row.path("source_commit").asLong(),
                        row.path("source_lsn").asLong()));
        Optional<State> before = Optional.ofNullable(last.get(change.key()));
        if (before.isPresent() && state.at().compareTo(before.get().at()) <= 0) {
            // Debezium tells it again, because it was killed before it had written down how far it was.
            return;
        }
        last.put(change.key(), state);
        int rise = before.map(earlier -> state.of().compareTo(earlier.of())).orElse(1);
        if (rise < 0) {
            findings.backwards("WAL of the captured table, " + change.key() + ": is at " + state.of() + ", was at "
                    + before.get().of());
        }
        if (rise > 0 && !state.of().equals(Position.floor(state.of().epoch()))) {
            delay(row);
        }
    }

    private void delay(JsonNode row) {
        try {
            delays.add(Duration.between(
                    OffsetDateTime.parse(row.path("source_ts").asText()),
                    OffsetDateTime.parse(row.path("predicted_at").asText())));
        } catch (DateTimeException noTime) {
            throw new IllegalStateException("the captured topic holds no times: " + row, noTime);
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
