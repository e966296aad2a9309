package dev.rowcast.replay.topic;

import dev.rowcast.kafkasource.event.PollReader;
import dev.rowcast.kafkasource.event.PolledRecord;
import dev.rowcast.replay.read.Selection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What KafkaSource makes of each record that is meant.
///
/// Each record is read as a poll of its own: which others a poll of KafkaSource would have held is chance, and one
/// header
/// without a value must not cost the neighbours here.
final class EventReader {

    private final PollReader reader;
    private final Selection selection;

    /// @param source name of the KafkaSource
    EventReader(String namespace, String source, Selection selection) {
        this.reader = new PollReader(namespace, source, Map.of());
        this.selection = selection;
    }

    /// The event; empty when the record is not meant.
    Optional<PolledRecord> read(ConsumerRecord<byte[], byte[]> record) {
        return selection.matches(record)
                ? Optional.of(reader.read(List.of(record)).getFirst())
                : Optional.empty();
    }
}
