package dev.rowcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The events of cases in their topic, and their documents.
final class CaseEvents {

    private CaseEvents() {}

    /// The types of all events of a topic that has one key, in their order.
    static List<String> types(String kafka, String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            long end = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<String> types = new ArrayList<>();
            while (types.size() < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(event -> types.add(
                                new String(event.headers().lastHeader("ce_type").value(), UTF_8)));
            }
            return types;
        }
    }

    /// The source of a document; empty while there is none.
    static JsonNode document(String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body = client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return new JsonMapper().readTree(body).path("_source");
        }
    }
}
