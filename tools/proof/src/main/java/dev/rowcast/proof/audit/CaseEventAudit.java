package dev.rowcast.proof.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.change.Position;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Holds the events of cases against the table: for each customer, as many openings and closings as there were, each
/// once, one after the other, at rising positions.
///
/// @param postgres the database as JDBC has it, with a user who may read cases, and the password
/// @param kafka address of the broker
/// @param topic where the events are
public record CaseEventAudit(String postgres, String kafka, String topic) {

    private static final String OPENED = "dev.rowcast.retention.opened";
    private static final JsonMapper JSON = new JsonMapper();

    /// An event of the topic. A connector that was killed sends some again, under the same id.
    private record Event(String id, String type, String customer, Position position) {}

    /// How many events of the cases that there are now have not come to the topic yet.
    public long missing() throws SQLException, IOException {
        long turns = TableRows.read(postgres, "public." + CaseAudit.TABLE, "customerid").values().stream()
                .mapToLong(CaseEventAudit::turns)
                .sum();
        return turns - events().values().stream().mapToLong(List::size).sum();
    }

    /// Openings and closings that a case has behind it.
    private static int turns(Map<String, String> row) {
        int opened = Integer.parseInt(row.get("case_number"));
        return row.get("status").equals("open") ? 2 * opened - 1 : 2 * opened;
    }

    /// Every difference there is now, each in one line that names the customer; empty when all is as it must be.
    public List<String> differences() throws SQLException, IOException {
        Map<String, Map<String, String>> cases = TableRows.read(postgres, "public." + CaseAudit.TABLE, "customerid");
        Map<String, List<Event>> events = events();
        List<String> differences = new ArrayList<>();
        cases.forEach((customer, row) -> {
            List<Event> told = events.getOrDefault(customer, List.of());
            int turns = turns(row);
            if (told.size() != turns) {
                differences.add("events of case " + customer + ": " + told.size() + ", not " + turns);
            }
            for (int i = 0; i < told.size(); i++) {
                if (told.get(i).type().equals(OPENED) != (i % 2 == 0)) {
                    differences.add("events of case " + customer + ": number " + (i + 1) + " is "
                            + told.get(i).type());
                }
                if (i > 0 && told.get(i - 1).position().compareTo(told.get(i).position()) >= 0) {
                    differences.add("events of case " + customer + ": number " + (i + 1) + " stands at "
                            + told.get(i).position() + ", not above the one before");
                }
            }
        });
        events.keySet().stream()
                .filter(customer -> !cases.containsKey(customer))
                .forEach(customer -> differences.add("events of case " + customer + ": there is no such case"));
        return differences;
    }

    /// The events of each customer in the order of the topic, whose key is the customer, each once.
    private Map<String, List<Event>> events() throws IOException {
        Map<String, Event> byId = new LinkedHashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Event event = event(record);
                    byId.putIfAbsent(event.id(), event);
                }
            }
        }
        Map<String, List<Event>> byCustomer = new TreeMap<>();
        byId.values()
                .forEach(event -> byCustomer
                        .computeIfAbsent(event.customer(), customer -> new ArrayList<>())
                        .add(event));
        return byCustomer;
    }

    private static Event event(ConsumerRecord<byte[], byte[]> record) throws IOException {
        JsonNode data = JSON.readTree(record.value());
        return new Event(
                header(record, "ce_id"),
                header(record, "ce_type"),
                data.path("customerid").asText(),
                new Position(
                        data.at("/position/epoch").asInt(),
                        data.at("/position/commit").asLong(),
                        data.at("/position/lsn").asLong()));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
