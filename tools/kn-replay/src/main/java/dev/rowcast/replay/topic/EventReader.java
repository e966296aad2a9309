package dev.rowcast.replay.topic;

import dev.rowcast.kafkasource.event.PollReader;
import dev.rowcast.kafkasource.event.PolledRecord;
import dev.rowcast.replay.read.Selection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Converts the selected records into events as KafkaSource does.
///
/// Each record is converted as a poll of its own. KafkaSource drops all records of a poll that holds a
/// header without a value, but which records would share a poll is random.
///
/// @param reader converts one poll
/// @param selection the records to convert
record EventReader(PollReader reader, Selection selection) {

    /// {@return the event; empty if the record is not selected}
    Optional<PolledRecord> read(ConsumerRecord<byte[], byte[]> record) {
        return selection.matches(record)
                ? Optional.of(reader.read(List.of(record)).getFirst())
                : Optional.empty();
    }
}
