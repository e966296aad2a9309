package dev.rowcast.testkit.station;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The records of a topic at one moment, partition by partition.
record TopicRecords(List<ConsumerRecord<byte[], byte[]>> all) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static void send(Kafka kafka, String topic, String key, String value)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.address(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)))
                    .get();
        }
    }

    static TopicRecords of(Kafka kafka, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                // Closing waits for the last fetch, which waits for records that there are not.
                Map.of("bootstrap.servers", kafka.address(), "enable.auto.commit", false, "fetch.max.wait.ms", 10),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return new TopicRecords(List.copyOf(records));
    }

    /// Reads the topic until its records match.
    static TopicRecords await(Kafka kafka, String topic, Predicate<TopicRecords> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        TopicRecords records = of(kafka, topic);
        while (!wanted.test(records)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Topic " + topic + " holds " + records.values());
            }
            records = of(kafka, topic);
        }
        return records;
    }

    /// Fails if KafkaSource would drop a record: a tombstone, or a header without a value, for which it drops a batch.
    void assertKafkaSourceCanRead() {
        assertThat(all).allSatisfy(record -> {
            assertThat(record.value()).isNotNull();
            assertThat(record.headers())
                    .allSatisfy(header -> assertThat(header.value()).isNotNull());
        });
    }

    List<Event> eventsOf(String customer) {
        return Event.of(customer, this);
    }

    List<String> values() {
        return all.stream()
                .map(record -> record.value() == null ? "(tombstone)" : new String(record.value(), UTF_8))
                .toList();
    }
}
