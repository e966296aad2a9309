package dev.rowcast.proof.chaos.watch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Every record that comes to a topic after this was made. One thread only.
final class TopicTail implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;

    /// @param kafka its address
    TopicTail(String kafka, String topic) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "auto.offset.reset", "latest", "default.api.timeout.ms", 120_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /// The next records; none when none came within `patience`.
    ConsumerRecords<byte[], byte[]> poll(Duration patience) {
        return consumer.poll(patience);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
