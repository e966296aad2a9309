package dev.rowcast.replay.read;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Reads a topic from a bound on, without an end. Used by one thread.
///
/// @param consumer assigned to all partitions
public record TopicFollower(Consumer<byte[], byte[]> consumer, String topic) {

    /// {@return a reader that begins at a bound}
    ///
    /// @param consumer the caller closes it
    /// @throws UsageException if there is no such topic
    /// @throws UnreachableException if Kafka does not answer
    public static TopicFollower of(Consumer<byte[], byte[]> consumer, String topic, OffsetBound from) {
        Map<TopicPartition, Long> begins =
                TopicOffsets.of(consumer, topic).ranges(from, new OffsetBound.Latest()).stream()
                        .collect(Collectors.toMap(
                                range -> new TopicPartition(topic, range.partition()), OffsetRange::from));
        consumer.assign(begins.keySet());
        begins.forEach(consumer::seek);
        return new TopicFollower(consumer, topic);
    }

    /// {@return the records that have arrived since the last call}
    ///
    /// @throws UnreachableException if Kafka refuses
    public Iterable<ConsumerRecord<byte[], byte[]>> poll() {
        return TopicOffsets.query(topic, () -> consumer.poll(TopicReader.POLL));
    }
}
