package dev.rowcast.proof.chaos.system;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.rowcast.local.page.station.TopicCounts;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Reads from Kafka the offsets that the sources have committed, and the ends of topics.
public final class CommittedOffsets implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 20;

    private final Admin admin;

    /// @param kafka address of the broker
    public CommittedOffsets(String kafka) {
        this.admin = Admin.create(
                Map.of("bootstrap.servers", kafka, "request.timeout.ms", 5_000, "default.api.timeout.ms", 15_000));
    }

    /// {@return the number of records that a source has not committed, by `source topic/partition`; without
    /// the partitions that it has committed}
    ///
    /// @throws ExecutionException when Kafka does not answer
    public Map<String, Long> behind(List<KafkaSourceManifest> sources)
            throws ExecutionException, InterruptedException, TimeoutException {
        return behind(
                sources,
                ends(sources.stream()
                        .flatMap(source -> source.topics().stream())
                        .distinct()
                        .toList()));
    }

    /// {@return as above, for records before `ends`; negative for a source that has passed them}
    public Map<String, Long> behind(List<KafkaSourceManifest> sources, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Long> behind = new TreeMap<>();
        for (KafkaSourceManifest source : sources) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(source.consumerGroup())
                    .partitionsToOffsetAndMetadata()
                    .get(TIMEOUT_SECONDS, SECONDS);
            ends.forEach((partition, end) -> {
                OffsetAndMetadata offset = committed.get(partition);
                long left = end - (offset == null ? 0 : offset.offset());
                if (source.topics().contains(partition.topic()) && left != 0) {
                    behind.put(source.name() + " " + partition.topic() + "/" + partition.partition(), left);
                }
            });
        }
        return behind;
    }

    /// {@return the offset after the last record of each partition}
    public Map<TopicPartition, Long> ends(Collection<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        return TopicCounts.ends(admin, topics, SECONDS.toMillis(TIMEOUT_SECONDS));
    }

    @Override
    public void close() {
        admin.close();
    }
}
