package dev.rowcast.replay.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.replay.exit.UsageException;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Option;

/// The options that select records of a topic.
public final class Selection {

    @Option(
            names = "--from",
            paramLabel = "TIME|OFFSET|earliest",
            description = "The first record of each partition, as an offset, a time such as 2026-11-25T10:00:00Z, "
                    + "or an age: 15m, 2h, 7d. Default: earliest.")
    private OffsetBound from;

    @Option(names = "--to", paramLabel = "TIME|OFFSET|latest", description = "The end, exclusive. Default: latest.")
    private OffsetBound to;

    @Option(names = "--partition", paramLabel = "N", split = ",", description = "Only these partitions. Default: all.")
    private List<Integer> partitions = List.of();

    @Option(names = "--key", paramLabel = "KEY", description = "Only records with this key; can be repeated.")
    private List<String> keys = List.of();

    /// {@return whether an option other than the keys is set}
    public boolean hasBounds() {
        return from != null || to != null || !partitions.isEmpty();
    }

    /// {@return the offsets to read of a topic, as it is now}
    ///
    /// @throws UsageException if there is no such topic or partition
    public List<OffsetRange> ranges(Consumer<byte[], byte[]> consumer, String topic) {
        TopicOffsets offsets = TopicOffsets.of(consumer, topic);
        if (!offsets.partitions().containsAll(partitions)) {
            throw new UsageException("topic " + topic + " has partitions " + offsets.partitions() + " only");
        }
        OffsetBound first = from == null ? new OffsetBound.Earliest() : from;
        return offsets.ranges(first, to == null ? new OffsetBound.Latest() : to).stream()
                .filter(range -> partitions.isEmpty() || partitions.contains(range.partition()))
                .toList();
    }

    /// {@return whether a record has one of the keys}
    public boolean matches(ConsumerRecord<byte[], byte[]> record) {
        return keys.isEmpty() || (record.key() != null && keys.contains(new String(record.key(), UTF_8)));
    }
}
