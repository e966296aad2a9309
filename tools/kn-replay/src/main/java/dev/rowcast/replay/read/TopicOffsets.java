package dev.rowcast.replay.read;

import dev.rowcast.replay.exit.UnreachableException;
import dev.rowcast.replay.exit.UsageException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
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

    /// Queries Kafka.
    ///
    /// @throws UsageException if there is no such topic
    /// @throws UnreachableException if Kafka does not answer
    static TopicOffsets of(Consumer<byte[], byte[]> consumer, String topic) {
        return query(topic, () -> {
            List<TopicPartition> partitions = Stream.ofNullable(consumer.partitionsFor(topic))
                    .flatMap(List::stream)
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new UsageException("there is no topic " + topic);
            }
            return new TopicOffsets(consumer, partitions);
        });
    }

    /// Runs a query, and maps the exceptions of Kafka to those of the command.
    static <T> T query(String topic, Supplier<T> query) {
        try {
            return query.get();
        } catch (UnknownTopicOrPartitionException | InvalidTopicException none) {
            throw new UsageException("there is no topic " + topic);
        } catch (KafkaException failure) {
            throw new UnreachableException("topic " + topic + " cannot be read", failure);
        }
    }

    SortedSet<Integer> partitions() {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toCollection(TreeSet::new));
    }

    List<OffsetRange> ranges(OffsetBound from, OffsetBound to) {
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
            case OffsetBound.Offset(long offset) ->
                forEach(partition -> Math.clamp(offset, (long) begins.get(partition), (long) ends.get(partition)));
            case OffsetBound.Time(Instant time) -> {
                Map<TopicPartition, OffsetAndTimestamp> found =
                        consumer.offsetsForTimes(forEach(_ -> time.toEpochMilli()));
                yield forEach(partition -> Optional.ofNullable(found.get(partition))
                        .map(OffsetAndTimestamp::offset)
                        .orElseGet(() -> ends.get(partition)));
            }
        };
    }

    private Map<TopicPartition, Long> forEach(Function<TopicPartition, Long> offset) {
        return partitions.stream().collect(Collectors.toMap(Function.identity(), offset));
    }
}
