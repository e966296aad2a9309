package dev.rowcast.local.page.letter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads the bytes of a dead letter, which is not always a text.
///
/// @param kafka bootstrap servers
public record LetterBytes(String kafka) {

    private static final int SHOWN = 1_024;
    private static final int TIMEOUT_MS = 5_000;

    /// The number of bytes, and the first of them in hexadecimal digits.
    ///
    /// @param id `PARTITION/OFFSET`
    ObjectNode read(String topic, String id) throws IOException {
        String[] place = id.split("/", 2);
        TopicPartition partition = new TopicPartition(topic, Integer.parseInt(place[0]));
        long offset = Long.parseLong(place[1]);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.ofEntries(
                        Map.entry("bootstrap.servers", kafka),
                        Map.entry("client.id", "rowcast-page-letter"),
                        Map.entry("allow.auto.create.topics", false),
                        Map.entry("max.poll.records", 1),
                        Map.entry("default.api.timeout.ms", TIMEOUT_MS),
                        Map.entry("request.timeout.ms", TIMEOUT_MS)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(TIMEOUT_MS))) {
                if (record.offset() == offset) {
                    return document(record.value() == null ? new byte[0] : record.value());
                }
            }
        }
        throw new IOException("Kafka does not return dead letter " + id);
    }

    private static ObjectNode document(byte[] bytes) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("length", bytes.length)
                .put("hex", HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(bytes, Math.min(SHOWN, bytes.length))));
    }
}
