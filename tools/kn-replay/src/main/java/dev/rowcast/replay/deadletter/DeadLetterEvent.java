package dev.rowcast.replay.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.kafkasource.event.CloudEvent;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// The event that a letter holds, as it was when it was refused: its data and every attribute but those that say why.
public final class DeadLetterEvent {

    private static final String PREFIX = "ce_";

    private DeadLetterEvent() {}

    /// The event; empty when the record is no CloudEvent.
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
            } else if (header.key().startsWith(PREFIX) && !saysWhy(header.key().substring(PREFIX.length()))) {
                attributes.put(header.key().substring(PREFIX.length()), value);
            }
        }
        return attributes.containsKey("id") && attributes.containsKey("source") && attributes.containsKey("type")
                ? Optional.of(new CloudEvent(
                        attributes,
                        contentType,
                        Optional.ofNullable(letter.value()).map(Buffer::buffer)))
                : Optional.empty();
    }

    /// KafkaSource adds `knativeerror…` and what the function gave in its `kne-rowcast…` headers.
    private static boolean saysWhy(String attribute) {
        return attribute.startsWith("knativeerror") || attribute.startsWith("rowcast");
    }
}
