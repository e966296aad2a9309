package dev.rowcast.kafkasource.event;

import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.types.Time;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads a record that is a CloudEvent: in binary mode its attributes are headers named `ce_…`, in structured
/// mode its value is the whole event as JSON.
///
/// The reader is the library that Knative's data plane uses, so both accept the same records. Knative, too,
/// handles a record that the library refuses as a plain one: for example an attribute is missing, or the
/// name of an extension has a hyphen.
final class CloudEventRecord {

    private static final String CONTENT_TYPE = "datacontenttype";

    static {
        // The library finds its formats as services, and a native executable has none.
        EventFormatProvider.getInstance().registerFormat(new JsonFormat());
    }

    private CloudEventRecord() {}

    /// {@return the event; empty if the record is no CloudEvent}
    static Optional<CloudEvent> read(ConsumerRecord<byte[], byte[]> record) {
        // Without these two headers the library throws an exception for each record.
        if (record.headers().lastHeader("ce_specversion") == null
                && record.headers().lastHeader("content-type") == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(event(KafkaMessageFactory.createReader(record.headers(), record.value())
                    .toEvent()));
        } catch (RuntimeException noCloudEvent) {
            return Optional.empty();
        }
    }

    private static CloudEvent event(io.cloudevents.CloudEvent read) {
        Map<String, String> attributes = new LinkedHashMap<>();
        read.getAttributeNames().forEach(name -> attributes.put(name, text(read.getAttribute(name))));
        read.getExtensionNames().forEach(name -> attributes.put(name, text(read.getExtension(name))));
        attributes.remove(CONTENT_TYPE);
        return new CloudEvent(
                attributes,
                Optional.ofNullable(read.getDataContentType()),
                Optional.ofNullable(read.getData()).map(data -> Buffer.buffer(data.toBytes())));
    }

    private static String text(Object value) {
        return value instanceof OffsetDateTime time ? Time.writeTime(time) : value.toString();
    }
}
