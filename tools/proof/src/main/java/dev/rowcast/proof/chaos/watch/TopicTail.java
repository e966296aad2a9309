package dev.rowcast.proof.chaos.watch;

import dev.rowcast.proof.chaos.delivery.ChangeEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads the changes that a topic receives from now on. One thread only.
final class TopicTail implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String keyColumn;

    /// @param kafka address of the broker
    /// @param keyColumn of the source table
    TopicTail(String kafka, String topic, String keyColumn) {
        this.keyColumn = keyColumn;
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

    /// {@return the number of the next records; 0 after the timeout}
    int read(Duration timeout, Consumer<ChangeEvent> changes) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() != null) {
                ChangeEvent.read(record.value(), keyColumn).ifPresent(changes);
            }
        }
        return records.count();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
