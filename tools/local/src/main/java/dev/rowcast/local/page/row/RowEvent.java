package dev.rowcast.local.page.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.OptionalDouble;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A record of the row in a topic, with what Debezium wrote about its change.
///
/// @param record   of the topic
/// @param envelope of Debezium, or the event of a case
record RowEvent(ConsumerRecord<byte[], byte[]> record, JsonNode envelope) {

    private static final JsonMapper JSON = new JsonMapper();

    static RowEvent of(ConsumerRecord<byte[], byte[]> record) {
        try {
            JsonNode document = JSON.readTree(record.value());
            return new RowEvent(record, document.has("payload") ? document.path("payload") : document);
        } catch (IOException noJson) {
            return new RowEvent(record, JsonNodeFactory.instance.missingNode());
        }
    }

    /// The row after the change.
    JsonNode after() {
        return envelope.path("after");
    }

    long lsn() {
        return envelope.at("/source/lsn").asLong();
    }

    /// Milliseconds since 1970 at which the transaction was committed, as Postgres says; a snapshot read has none.
    OptionalDouble committedAt() {
        return envelope.path("op").asText().equals("r") ? OptionalDouble.empty() : time(envelope.path("source"));
    }

    /// Milliseconds since 1970 at which Debezium processed the change.
    OptionalDouble readAt() {
        return time(envelope);
    }

    /// The last commit before the change's transaction, and the change itself, as Postgres writes positions of the WAL.
    String position() {
        try {
            JsonNode sequence = JSON.readTree(envelope.at("/source/sequence").asText("[]"));
            String commit = sequence.path(0).isTextual() ? text(sequence.path(0).asLong()) : "–";
            return commit + " · " + text(lsn());
        } catch (IOException noSequence) {
            return text(lsn());
        }
    }

    static String text(long lsn) {
        return "%X/%08X".formatted(lsn >>> 32, lsn & 0xFFFFFFFFL);
    }

    /// Place, time and content for the page.
    ObjectNode document() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset())
                .put("writtenAt", record.timestamp())
                .put("bytes", record.serializedValueSize())
                .put("text", new String(record.value(), UTF_8));
    }

    private static OptionalDouble time(JsonNode clocks) {
        if (clocks.path("ts_us").isNumber()) {
            return OptionalDouble.of(clocks.path("ts_us").longValue() / 1000.0);
        }
        return clocks.path("ts_ms").isNumber()
                ? OptionalDouble.of(clocks.path("ts_ms").doubleValue())
                : OptionalDouble.empty();
    }
}
