package dev.rowcast.peer.spark;

import dev.rowcast.peer.PeerSettings;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Where a query without a checkpoint starts: Spark reads no committed offsets.
final class StartingOffsets {

    private StartingOffsets() {}

    /// The committed offsets of the peer's group; `earliest` when it has none.
    static String json(PeerSettings settings) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.kafka()))) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(settings.group())
                    .partitionsToOffsetAndMetadata()
                    .get();
            if (offsets.isEmpty()) {
                return "earliest";
            }
            return offsets.entrySet().stream()
                    .map(offset -> "\"" + offset.getKey().partition() + "\":"
                            + offset.getValue().offset())
                    .collect(Collectors.joining(",", "{\"" + settings.topic() + "\":{", "}}"));
        }
    }
}
