package dev.rowcast.testkit.station;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rowcast.change.Change;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A change event as it lies in a topic.
record Event(ConsumerRecord<byte[], byte[]> record, JsonNode envelope) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ChangeDecoder DECODER =
            new ChangeDecoder(3, KeyColumns.of("public", Replication.TABLE, List.of("customerid")));

    static List<Event> of(String customer, TopicRecords records) {
        return holding(customer, records)
                .filter(event -> event.key().equals(customer))
                .toList();
    }

    /// The events of the keys that hold `part`, and those whose record has no key, in the order of each partition.
    static Stream<Event> holding(String part, TopicRecords records) {
        return records.all().stream()
                .filter(record -> record.key() == null || new String(record.key(), UTF_8).contains(part))
                .map(Event::of);
    }

    static Set<String> keys(TopicRecords records) {
        return records.all().stream().map(record -> of(record).key()).collect(Collectors.toSet());
    }

    private static Event of(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new Event(record, record.value() == null ? JSON.nullNode() : JSON.readTree(record.value()));
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    /// Without a primary key a record has none of its own.
    String key() {
        if (record.key() == null) {
            JsonNode row = envelope.path(is("d") ? "before" : "after");
            return row.path("customerid").asText();
        }
        try {
            return JSON.readTree(record.key()).path("customerid").asText();
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    String operation() {
        return envelope.path("op").asText();
    }

    /// The last commit before its transaction; 0 when the connector knew of none.
    long commit() {
        try {
            return JSON.readTree(envelope.path("source").path("sequence").textValue())
                    .path(0)
                    .asLong();
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    JsonNode lsn() {
        return envelope.path("source").path("lsn");
    }

    /// Why the decoder rejects it.
    Rejected rejected() {
        return (Rejected) ((Step.End<Change>) decoded()).outcome();
    }

    private Step<Change> decoded() {
        return DECODER.decode(record.value());
    }

    Change change() {
        return decoded().orElseThrow();
    }

    boolean is(String operation) {
        return operation().equals(operation);
    }
}
