package dev.rowcast.kafkasource.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Converts a CloudEvent into the record that KafkaSink writes in binary mode: the data is the value,
/// `partitionkey` is the key, the attributes are headers named `ce_…`.
public final class DeadLetterRecord {

    private DeadLetterRecord() {}

    /// {@return the record of an event for a topic}
    public static ProducerRecord<byte[], byte[]> of(CloudEvent event, String topic) {
        RecordHeaders headers = new RecordHeaders();
        event.attributes().forEach((name, value) -> headers.add("ce_" + name, value.getBytes(UTF_8)));
        event.contentType().ifPresent(type -> headers.add("content-type", type.getBytes(UTF_8)));
        byte[] key = Optional.ofNullable(event.attributes().get("partitionkey"))
                .map(text -> text.getBytes(UTF_8))
                .orElse(null);
        byte[] value = event.data().map(Buffer::getBytes).orElse(null);
        return new ProducerRecord<>(topic, null, key, value, headers);
    }
}
