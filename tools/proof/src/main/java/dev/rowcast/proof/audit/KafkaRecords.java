package dev.rowcast.proof.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads records of topics without a consumer group, those of a partition in their order.
public final class KafkaRecords {

    private KafkaRecords() {}

    /// {@return every record that the topic has now}
    ///
    /// @param kafka address of the broker
    public static List<ConsumerRecord<byte[], byte[]>> all(String kafka, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            return read(consumer, consumer.beginningOffsets(partitions), consumer.endOffsets(partitions));
        }
    }

    /// {@return every record between two offsets of each partition}
    ///
    /// @param kafka address of the broker
    /// @param from offset of the first record of each partition; 0 when absent
    /// @param to offset after the last record
    public static List<ConsumerRecord<byte[], byte[]>> between(
            String kafka, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            return read(consumer, from, to);
        }
    }

    /// {@return a header as text; empty when the record has no such header}
    public static String header(ConsumerRecord<?, ?> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(header -> new String(header.value(), UTF_8))
                .orElse("");
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String kafka) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.assign(to.keySet());
        to.keySet().forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
        while (to.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                if (record.offset() < to.get(new TopicPartition(record.topic(), record.partition()))) {
                    records.add(record);
                }
            }
        }
        return records;
    }
}
