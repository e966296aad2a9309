package dev.rowcast.kafkasource.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// Reads a record that is a CloudEvent in Kafka's binary mode: its attributes are headers named `ce_…`.
///
/// Structured mode (the whole event as one JSON value) is not supported; no topic of this project holds it.
final class CloudEventRecord {

    private static final String PREFIX = "ce_";
    private static final Set<String> REQUIRED = Set.of("specversion", "id", "type", "source");

    private CloudEventRecord() {}

    static Optional<CloudEvent> read(ConsumerRecord<byte[], byte[]> record) {
        if (record.headers().lastHeader("ce_specversion") == null) {
            return Optional.empty();
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        Optional<String> contentType = Optional.empty();
        for (Header header : record.headers()) {
            if (header.value() == null) {
                return Optional.empty();
            }
            String value = new String(header.value(), UTF_8);
            if (header.key().startsWith(PREFIX)) {
                attributes.put(header.key().substring(PREFIX.length()), value);
            } else if (header.key().equals("content-type")) {
                contentType = Optional.of(value);
            }
        }
        if (!attributes.keySet().containsAll(REQUIRED) || !timeIsReadable(attributes)) {
            return Optional.empty();
        }
        return Optional.of(new CloudEvent(attributes, contentType, PollReader.data(record)));
    }

    private static boolean timeIsReadable(Map<String, String> attributes) {
        try {
            attributes.computeIfPresent(
                    "time", (name, time) -> OffsetDateTime.parse(time).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
            return true;
        } catch (DateTimeException unreadable) {
            return false;
        }
    }
}
