package dev.rowcast.kafkasource.event;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Converts the records of one poll into events as KafkaSource does.
///
/// A record that is a CloudEvent already keeps its own id, type and source; any other record becomes one of
/// type `dev.knative.kafka.event`. Both get partition and offset as extensions.
///
/// One header without a value makes KafkaSource discard all records of the poll that are not CloudEvents.
/// This reader does the same, so that such a producer shows on a laptop first.
public final class PollReader {

    private final PlainRecord plain;
    private final Map<String, String> overrides;

    /// @param namespace of the KafkaSource
    /// @param source name of the KafkaSource
    /// @param overrides extensions that the KafkaSource adds to each event (`spec.ceOverrides.extensions`)
    public PollReader(String namespace, String source, Map<String, String> overrides) {
        this.plain = new PlainRecord(namespace, source);
        this.overrides = Map.copyOf(overrides);
    }

    /// Converts the records of one poll, in their order.
    public List<PolledRecord> read(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        List<Polled> polled = new ArrayList<>();
        records.forEach(record -> polled.add(new Polled(record, CloudEventRecord.read(record))));
        Optional<String> nullHeader = polled.stream()
                .filter(each -> each.own().isEmpty())
                .flatMap(each -> PlainRecord.headerWithoutValue(each.record()).stream())
                .findFirst();
        return polled.stream()
                .map(each -> read(each.record(), each.own(), nullHeader))
                .toList();
    }

    private record Polled(ConsumerRecord<byte[], byte[]> record, Optional<CloudEvent> own) {}

    private PolledRecord read(
            ConsumerRecord<byte[], byte[]> record, Optional<CloudEvent> own, Optional<String> nullHeader) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (own.isEmpty() && nullHeader.isPresent()) {
            return new PolledRecord.Discarded(
                    partition,
                    record.offset(),
                    "a record of the same poll has header '" + nullHeader.get() + "' without a value");
        }
        CloudEvent event = own.orElseGet(() -> plain.read(record))
                .with(Map.of(
                        "knativekafkapartition", Integer.toString(record.partition()),
                        "knativekafkaoffset", Long.toString(record.offset())))
                .with(overrides);
        return new PolledRecord.Deliverable(partition, record.offset(), event);
    }

    static Optional<Buffer> data(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.value()).map(Buffer::buffer);
    }
}
