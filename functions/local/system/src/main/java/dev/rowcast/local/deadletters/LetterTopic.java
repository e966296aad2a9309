package dev.rowcast.local.deadletters;

import dev.rowcast.local.process.StationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A dead letter topic, read without a group: whoever looks leaves no trace.
///
/// @param bootstrapServers address of Kafka
/// @param topic its name
record LetterTopic(String bootstrapServers, String topic) {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final Duration POLL = Duration.ofMillis(500);

    /// Hands over every letter that is there now, the oldest of each partition first.
    ///
    /// @throws StationFailure when Kafka does not answer
    void forEach(Consumer<Letter> each) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "default.api.timeout.ms",
                PATIENCE_MILLIS,
                "request.timeout.ms",
                PATIENCE_MILLIS,
                "isolation.level",
                "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> each.accept(Letter.of(record)));
            }
        } catch (KafkaException noAnswer) {
            throw new StationFailure("Kafka at " + bootstrapServers + " does not say what lies in " + topic + ": "
                    + noAnswer.getMessage());
        }
    }
}
