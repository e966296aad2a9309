package dev.rowcast.kafkasource.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// Creates a CloudEvent from the coordinates, key and headers of a record that is none.
final class PlainRecord {

    private static final String CONTENT_TYPE = "content-type";

    private final String source;

    PlainRecord(String namespace, String name) {
        this.source = "/apis/v1/namespaces/" + namespace + "/kafkasources/" + name + "#";
    }

    CloudEvent read(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", "partition:" + record.partition() + "/offset:" + record.offset());
        attributes.put("type", "dev.knative.kafka.event");
        attributes.put("source", source + record.topic());
        attributes.put("subject", "partition:" + record.partition() + "#" + record.offset());
        attributes.put("time", time(record.timestamp()));
        key(record).ifPresent(key -> {
            attributes.put("partitionkey", key);
            attributes.put("key", key);
        });
        Optional<String> contentType = Optional.empty();
        for (Header header : record.headers()) {
            if (header.key().equalsIgnoreCase(CONTENT_TYPE)) {
                contentType = Optional.of(new String(header.value(), UTF_8).toLowerCase(Locale.ROOT));
            } else {
                attributes.put("kafkaheader" + lettersAndDigits(header.key()), new String(header.value(), UTF_8));
            }
        }
        return new CloudEvent(attributes, contentType, PollReader.data(record));
    }

    static Optional<String> headerWithoutValue(ConsumerRecord<byte[], byte[]> record) {
        return Stream.of(record.headers().toArray())
                .filter(header -> header.value() == null)
                .map(Header::key)
                .findFirst();
    }

    private static Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.key()).filter(key -> key.length > 0).map(key -> new String(key, UTF_8));
    }

    static String time(long epochMillis) {
        return OffsetDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private static String lettersAndDigits(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
