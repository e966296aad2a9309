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
/// A record that is a CloudEvent already (binary mode, `ce_…` headers) keeps its own id, type and
/// source; any other record becomes one of type `dev.knative.kafka.event`. Both get partition and
/// offset as extensions.
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
        List<PolledRecord> received = new ArrayList<>();
        Optional<String> nullHeader = Optional.empty();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (nullHeader.isEmpty() && CloudEventRecord.read(record).isEmpty()) {
                nullHeader = PlainRecord.headerWithoutValue(record);
            }
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            received.add(read(record, nullHeader));
        }
        return received;
    }

    private PolledRecord read(ConsumerRecord<byte[], byte[]> record, Optional<String> nullHeader) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Optional<CloudEvent> own = CloudEventRecord.read(record);
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
