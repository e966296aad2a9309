package dev.rowcast.replay.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Reads ranges of one topic, each partition in its order. Used by one thread.
public final class TopicReader {

    static final Duration POLL = Duration.ofMillis(300);
    private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private long lastRecords = System.nanoTime();

    /// @param consumer the caller closes it
    /// @param ranges of different partitions
    public TopicReader(Consumer<byte[], byte[]> consumer, String topic, List<OffsetRange> ranges) {
        this.consumer = consumer;
        this.topic = topic;
        Map<TopicPartition, Long> begins = new HashMap<>();
        ranges.stream().filter(range -> range.size() > 0).forEach(range -> {
            begins.put(new TopicPartition(topic, range.partition()), range.from());
            ends.put(new TopicPartition(topic, range.partition()), range.to());
        });
        consumer.assign(ends.keySet());
        begins.forEach(consumer::seek);
    }

    /// {@return a reader of everything that a topic holds now}
    ///
    /// @throws UsageException if there is no such topic
    public static TopicReader ofAll(Consumer<byte[], byte[]> consumer, String topic) {
        return new TopicReader(consumer, topic, new Selection().ranges(consumer, topic));
    }

    /// {@return whether more records are to be read}
    public boolean hasMore() {
        return !ends.isEmpty();
    }

    /// {@return the next records, sometimes none}
    ///
    /// @throws UnreachableException if Kafka does not answer
    public List<ConsumerRecord<byte[], byte[]>> poll() {
        return TopicOffsets.query(topic, this::read);
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
        if (records.isEmpty() && System.nanoTime() - lastRecords < SILENCE_NANOS) {
            return records;
        }
        if (records.isEmpty()) {
            // A poll waits for a lost broker without an error. A query fails.
            consumer.endOffsets(ends.keySet());
        }
        lastRecords = System.nanoTime();
        return records;
    }
}
