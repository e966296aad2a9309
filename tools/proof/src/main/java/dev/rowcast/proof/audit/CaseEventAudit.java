package dev.rowcast.proof.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.change.Position;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Compares the events of cases with the table of cases: each customer must have one event for each opening
/// and closing, in turn, at rising positions.
///
/// @param postgres JDBC URL with a user who may read cases, and the password
/// @param kafka address of the broker
/// @param topic of the events
public record CaseEventAudit(String postgres, String kafka, String topic) {

    private static final String OPENED = "dev.rowcast.retention.opened";
    private static final JsonMapper JSON = new JsonMapper();

    /// An event of the topic. A connector that was killed sends some events again, with the same id.
    private record Event(String id, String type, String customer, Position position) {}

    /// {@return the number of events of the current cases that are not in the topic yet}
    public long missing() throws SQLException, IOException {
        long expected = TableRows.ofCases(postgres).values().stream()
                .mapToLong(CaseEventAudit::expected)
                .sum();
        return expected - events().values().stream().mapToLong(List::size).sum();
    }

    /// Compares the events with the cases.
    ///
    /// @return a line for each difference, with the customer
    public List<String> differences() throws SQLException, IOException {
        Map<String, Map<String, String>> cases = TableRows.ofCases(postgres);
        Map<String, List<Event>> events = events();
        List<String> differences = new ArrayList<>();
        cases.forEach((customer, row) -> {
            String place = "events of case " + customer + ": ";
            List<Event> found = events.getOrDefault(customer, List.of());
            if (found.size() != expected(row)) {
                differences.add(place + found.size() + ", not " + expected(row));
            }
            for (int i = 0; i < found.size(); i++) {
                Event event = found.get(i);
                if (event.type().equals(OPENED) != (i % 2 == 0)) {
                    differences.add(place + "number " + (i + 1) + " is " + event.type());
                }
                if (i > 0 && found.get(i - 1).position().compareTo(event.position()) >= 0) {
                    differences.add(
                            place + "number " + (i + 1) + " is at " + event.position() + ", not above the one before");
                }
            }
        });
        events.keySet().stream()
                .filter(customer -> !cases.containsKey(customer))
                .forEach(customer -> differences.add("events of case " + customer + ": there is no such case"));
        return differences;
    }

    /// {@return the number of openings and closings of a case}
    private static int expected(Map<String, String> row) {
        int opened = Integer.parseInt(row.get("case_number"));
        return row.get("status").equals("open") ? 2 * opened - 1 : 2 * opened;
    }

    /// {@return the events of each customer in the order of the topic, without repeated ids}
    private Map<String, List<Event>> events() throws IOException {
        Map<String, Event> byId = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : KafkaRecords.all(kafka, topic)) {
            Event event = event(record);
            byId.putIfAbsent(event.id(), event);
        }
        return byId.values().stream()
                .collect(Collectors.groupingBy(Event::customer, TreeMap::new, Collectors.toList()));
    }

    private static Event event(ConsumerRecord<byte[], byte[]> record) throws IOException {
        JsonNode data = JSON.readTree(record.value());
        return new Event(
                KafkaRecords.header(record, "ce_id"),
                KafkaRecords.header(record, "ce_type"),
                data.path("customerid").asText(),
                IndexDocuments.position(data.path("position")));
    }
}
