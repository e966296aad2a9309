package dev.rowcast.replay.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.replay.exit.UsageException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Option;

/// The options that say which records of a topic are meant.
public final class Selection {

    @Option(
            names = "--from",
            paramLabel = "TIME|OFFSET|earliest",
            description =
                    "Where to begin in each partition. A time is 2026-11-25T10:00:00Z, or how long ago: 15m, 2h, 7d. "
                            + "Default: earliest.",
            converter = OffsetBound.Reader.class)
    private OffsetBound from;

    @Option(
            names = "--to",
            paramLabel = "TIME|OFFSET|latest",
            description = "Where to end, before it. Default: what is there now.",
            converter = OffsetBound.Reader.class)
    private OffsetBound to;

    @Option(names = "--partition", paramLabel = "N", split = ",", description = "Only these partitions. Default: all.")
    private List<Integer> partitions = List.of();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Only records with this key, as it stands in the topic; may be given more than once.")
    private List<String> keys = List.of();

    /// Whether anything is said but the keys.
    public boolean saysWhere() {
        return from != null || to != null || !partitions.isEmpty();
    }

    /// What is to be read of a topic, by what it holds now.
    ///
    /// @throws UsageException when it has no such topic or partition
    public List<OffsetRange> spans(Consumer<byte[], byte[]> consumer, String topic) {
        TopicOffsets offsets = TopicOffsets.of(consumer, topic);
        Set<Integer> wanted = new HashSet<>(partitions);
        if (!offsets.partitions().containsAll(wanted)) {
            throw new UsageException("topic " + topic + " has partitions " + offsets.partitions() + " only");
        }
        return offsets.spans(from == null ? new OffsetBound.Earliest() : from, to == null ? new OffsetBound.Latest() : to).stream()
                .filter(span -> wanted.isEmpty() || wanted.contains(span.partition()))
                .toList();
    }

    /// Whether a record has one of the keys.
    public boolean matches(ConsumerRecord<byte[], byte[]> record) {
        return keys.isEmpty() || (record.key() != null && keys.contains(new String(record.key(), UTF_8)));
    }
}
