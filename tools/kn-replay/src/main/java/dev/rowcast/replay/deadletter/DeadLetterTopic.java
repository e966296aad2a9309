package dev.rowcast.replay.deadletter;

import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.read.ResumePoint;
import dev.rowcast.replay.read.Selection;
import dev.rowcast.replay.read.OffsetRange;
import dev.rowcast.replay.read.TopicReader;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A dead letter topic, read without a group: whoever looks leaves no trace.
///
/// @param consumer of the caller
/// @param topic its name
public record DeadLetterTopic(Consumer<byte[], byte[]> consumer, String topic) {

    /// Hands over every letter that is there now, the oldest of each partition first.
    public void forEach(BiConsumer<DeadLetter, ConsumerRecord<byte[], byte[]>> each) {
        TopicReader reader = reader(new Selection().spans(consumer, topic));
        while (reader.hasMore()) {
            reader.poll().forEach(record -> each.accept(DeadLetter.of(record), record));
        }
    }

    /// One letter.
    ///
    /// @throws UsageException when there is none
    public ConsumerRecord<byte[], byte[]> letter(DeadLetterId id) {
        List<OffsetRange> place = new Selection()
                .spans(consumer, topic).stream()
                        .filter(span -> span.partition() == id.partition()
                                && span.from() <= id.offset()
                                && id.offset() < span.to())
                        .map(span -> new OffsetRange(id.partition(), id.offset(), id.offset() + 1))
                        .toList();
        TopicReader reader = reader(place);
        while (reader.hasMore()) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                return record;
            }
        }
        throw new UsageException("there is no letter " + id + " in " + topic);
    }

    private TopicReader reader(List<OffsetRange> spans) {
        return new TopicReader(consumer, topic, new ResumePoint(topic, spans).spans());
    }
}
