package dev.rowcast.replay.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.kafkasource.event.CloudEvent;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// Restores the event of a dead letter: its data and all attributes except those that describe the refusal.
public final class DeadLetterEvent {

    private static final String PREFIX = "ce_";

    private DeadLetterEvent() {}

    /// {@return the event; empty if the record is no CloudEvent}
    public static Optional<CloudEvent> of(ConsumerRecord<byte[], byte[]> letter) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Optional<String> contentType = Optional.empty();
        for (Header header : letter.headers()) {
            if (header.value() == null) {
                continue;
            }
            String value = new String(header.value(), UTF_8);
            if (header.key().equals("content-type")) {
                contentType = Optional.of(value);
            } else if (header.key().startsWith(PREFIX)) {
                attributes.put(header.key().substring(PREFIX.length()), value);
            }
        }
        // KafkaSource adds knativeerror…, and the kne-rowcast… headers of the response.
        attributes.keySet().removeIf(name -> name.startsWith("knativeerror") || name.startsWith("rowcast"));
        return attributes.keySet().containsAll(Set.of("id", "source", "type"))
                ? Optional.of(new CloudEvent(
                        attributes,
                        contentType,
                        Optional.ofNullable(letter.value()).map(Buffer::buffer)))
                : Optional.empty();
    }
}
