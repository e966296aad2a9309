package dev.rowcast.replay.read;

import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.exit.UnreachableException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The offsets that a topic has now.
final class TopicOffsets {

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> begins;
    private final Map<TopicPartition, Long> ends;

    private TopicOffsets(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.begins = consumer.beginningOffsets(partitions);
        this.ends = consumer.endOffsets(partitions);
    }

    /// Asks Kafka.
    ///
    /// @throws UsageException when there is no such topic
    /// @throws UnreachableException when Kafka does not answer
    static TopicOffsets of(Consumer<byte[], byte[]> consumer, String topic) {
        return asked(topic, () -> {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new UsageException("there is no topic " + topic);
            }
            return new TopicOffsets(
                    consumer,
                    found.stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList());
        });
    }

    /// What an asking that fails means.
    static <T> T asked(String topic, Supplier<T> question) {
        try {
            return question.get();
        } catch (UnknownTopicOrPartitionException | InvalidTopicException none) {
            throw new UsageException("there is no topic " + topic);
        } catch (KafkaException noAnswer) {
            throw new UnreachableException("Kafka does not say what lies in " + topic, noAnswer);
        }
    }

    SortedSet<Integer> partitions() {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toCollection(TreeSet::new));
    }

    List<OffsetRange> spans(OffsetBound from, OffsetBound to) {
        Map<TopicPartition, Long> firsts = offsets(from);
        Map<TopicPartition, Long> lasts = offsets(to);
        return partitions.stream()
                .map(partition -> new OffsetRange(
                        partition.partition(),
                        firsts.get(partition),
                        Math.max(firsts.get(partition), lasts.get(partition))))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(OffsetBound bound) {
        return switch (bound) {
            case OffsetBound.Earliest _ -> begins;
            case OffsetBound.Latest _ -> ends;
            case OffsetBound.Offset at -> {
                Map<TopicPartition, Long> offsets = new HashMap<>();
                partitions.forEach(partition -> offsets.put(
                        partition,
                        Math.clamp(
                                at.offset(),
                                begins.get(partition).longValue(),
                                ends.get(partition).longValue())));
                yield offsets;
            }
            case OffsetBound.Time at -> since(at.time());
        };
    }

    private Map<TopicPartition, Long> since(Instant time) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, time.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach(partition -> {
            OffsetAndTimestamp first = found.get(partition);
            offsets.put(partition, first == null ? ends.get(partition) : Long.valueOf(first.offset()));
        });
        return offsets;
    }
}
