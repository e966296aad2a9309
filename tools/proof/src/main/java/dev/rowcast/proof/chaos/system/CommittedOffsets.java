package dev.rowcast.proof.chaos.system;

import dev.rowcast.testkit.manifest.KafkaSourceManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// How far the sources have come, as Kafka has it.
public final class CommittedOffsets implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final Admin admin;

    /// @param kafka its address
    public CommittedOffsets(String kafka) {
        this.admin = Admin.create(
                Map.of("bootstrap.servers", kafka, "request.timeout.ms", 5_000, "default.api.timeout.ms", 15_000));
    }

    /// Records of each partition that a source has not committed yet, by `source topic/partition`; nothing for those
    /// that it has.
    ///
    /// @throws ExecutionException when Kafka does not say
    public Map<String, Long> behind(List<KafkaSourceManifest> sources)
            throws ExecutionException, InterruptedException, TimeoutException {
        return behind(
                sources,
                ends(sources.stream()
                        .flatMap(source -> source.topics().stream())
                        .distinct()
                        .toList()));
    }

    /// The same, for records before `ends`; negative for a source that is past them.
    public Map<String, Long> behind(List<KafkaSourceManifest> sources, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Long> behind = new TreeMap<>();
        for (KafkaSourceManifest source : sources) {
            Map<TopicPartition, Long> committed = new HashMap<>();
            Map<TopicPartition, OffsetAndMetadata> stored = admin.listConsumerGroupOffsets(source.consumerGroup())
                    .partitionsToOffsetAndMetadata()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            stored.forEach((partition, offset) -> committed.put(partition, offset == null ? 0L : offset.offset()));
            ends.forEach((partition, end) -> {
                long left = end - committed.getOrDefault(partition, 0L);
                if (source.topics().contains(partition.topic()) && left != 0) {
                    behind.put(source.name() + " " + partition.topic() + "/" + partition.partition(), left);
                }
            });
        }
        return behind;
    }

    /// Where the topics end.
    public Map<TopicPartition, Long> ends(List<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, TopicDescription> described =
                admin.describeTopics(topics).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        List<TopicPartition> partitions = new ArrayList<>();
        described.forEach((topic, description) -> description
                .partitions()
                .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                .all()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        ends.forEach((partition, end) -> offsets.put(partition, end.offset()));
        return offsets;
    }

    @Override
    public void close() {
        admin.close();
    }
}
