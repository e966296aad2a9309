package dev.rowcast.replay.deadletter;

import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.read.OffsetRange;
import dev.rowcast.replay.read.Selection;
import dev.rowcast.replay.read.TopicReader;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads a topic of dead letters, without a consumer group.
///
/// @param consumer the caller closes it
/// @param topic its name
public record DeadLetterTopic(Consumer<byte[], byte[]> consumer, String topic) {

    /// Passes on all dead letters that the topic holds now, each partition in its order.
    public void forEach(BiConsumer<DeadLetter, ConsumerRecord<byte[], byte[]>> action) {
        TopicReader reader = TopicReader.ofAll(consumer, topic);
        while (reader.hasMore()) {
            reader.poll().forEach(record -> action.accept(DeadLetter.of(record), record));
        }
    }

    /// {@return the record of one dead letter}
    ///
    /// @throws UsageException if it does not exist
    public ConsumerRecord<byte[], byte[]> record(DeadLetterId id) {
        OffsetRange wanted = new OffsetRange(id.partition(), id.offset(), id.offset() + 1);
        boolean exists = new Selection()
                .ranges(consumer, topic).stream()
                        .anyMatch(range -> range.partition() == id.partition()
                                && range.from() <= id.offset()
                                && id.offset() < range.to());
        TopicReader reader = new TopicReader(consumer, topic, exists ? List.of(wanted) : List.of());
        while (reader.hasMore()) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                return record;
            }
        }
        throw new UsageException("there is no dead letter " + id + " in " + topic);
    }
}
