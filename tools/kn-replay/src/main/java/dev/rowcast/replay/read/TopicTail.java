package dev.rowcast.replay.read;

import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.exit.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// A topic, read on and on. Used by one thread.
public final class TopicTail {

    private static final Duration POLL = Duration.ofMillis(300);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;

    private TopicTail(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    /// Begins to read at a bound.
    ///
    /// @param consumer stays the caller's to close
    /// @throws UsageException when there is no such topic
    /// @throws UnreachableException when Kafka does not answer
    public static TopicTail of(Consumer<byte[], byte[]> consumer, String topic, OffsetBound from) {
        List<OffsetRange> spans = TopicOffsets.of(consumer, topic).spans(from, new OffsetBound.Latest());
        consumer.assign(spans.stream()
                .map(span -> new TopicPartition(topic, span.partition()))
                .toList());
        spans.forEach(span -> consumer.seek(new TopicPartition(topic, span.partition()), span.from()));
        return new TopicTail(consumer, topic);
    }

    /// What has come meanwhile.
    ///
    /// @throws UnreachableException when Kafka refuses
    public List<ConsumerRecord<byte[], byte[]>> poll() {
        return TopicOffsets.asked(topic, () -> {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(POLL).forEach(records::add);
            return records;
        });
    }
}
