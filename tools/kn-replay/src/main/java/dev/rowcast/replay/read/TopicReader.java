package dev.rowcast.replay.read;

import dev.rowcast.replay.exit.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Reads spans of one topic, each partition in its order. Used by one thread.
public final class TopicReader {

    private static final Duration POLL = Duration.ofMillis(300);
    private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private long lastRecords = System.nanoTime();

    /// @param consumer stays the caller's to close
    /// @param spans of different partitions
    public TopicReader(Consumer<byte[], byte[]> consumer, String topic, List<OffsetRange> spans) {
        this.consumer = consumer;
        this.topic = topic;
        Map<TopicPartition, Long> begins = new HashMap<>();
        for (OffsetRange span : spans) {
            if (span.size() > 0) {
                TopicPartition partition = new TopicPartition(topic, span.partition());
                begins.put(partition, span.from());
                ends.put(partition, span.to());
            }
        }
        consumer.assign(ends.keySet());
        begins.forEach(consumer::seek);
    }

    /// Whether there is more to come.
    public boolean hasMore() {
        return !ends.isEmpty();
    }

    /// What has come meanwhile; nothing now and then.
    ///
    /// @throws UnreachableException when Kafka does not answer any more
    public List<ConsumerRecord<byte[], byte[]>> poll() {
        return TopicOffsets.asked(topic, this::read);
    }

    private List<ConsumerRecord<byte[], byte[]>> read() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(POLL).forEach(record -> {
            Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
            if (end != null && record.offset() < end) {
                records.add(record);
            }
        });
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        if (consumer.assignment().size() > ends.size()) {
            consumer.assign(ends.keySet());
        }
        if (!records.isEmpty() || System.nanoTime() - lastRecords < SILENCE_NANOS) {
            lastRecords = records.isEmpty() ? lastRecords : System.nanoTime();
            return records;
        }
        // A consumer waits for ever for a broker that is gone. Asking it something is how that shows.
        consumer.endOffsets(ends.keySet());
        lastRecords = System.nanoTime();
        return records;
    }
}
