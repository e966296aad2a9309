package dev.rowcast.peer.streams;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/// Consumers that store the pending changes of their thread before they commit offsets. Kafka Streams has no
/// other hook that it calls before every commit, also before those of a rebalance and of the end.
final class WritingConsumers extends DefaultKafkaClientSupplier {

    private final Supplier<PendingChanges> pending;

    WritingConsumers(Supplier<PendingChanges> pending) {
        this.pending = pending;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
            @Override
            public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
                pending.get().write();
                super.commitSync(offsets);
            }
        };
    }
}
