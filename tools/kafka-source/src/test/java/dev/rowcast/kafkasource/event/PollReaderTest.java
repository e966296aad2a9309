package dev.rowcast.kafkasource.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PollReaderTest {

    private final PollReader reader = new PollReader("rowcast", "predictor", Map.of());

    @Test
    void plainRecordBecomesAnEventOfItsCoordinates() {
        // Given
        RecordHeaders headers = new RecordHeaders();
        headers.add("__debezium.Source-Name", "churn".getBytes(UTF_8));

        // When
        CloudEvent event = event(reader, record(7, "a key", "a value", headers));

        // Then
        assertThat(event.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("specversion", "1.0"),
                        Map.entry("id", "partition:0/offset:7"),
                        Map.entry("type", "dev.knative.kafka.event"),
                        Map.entry("source", "/apis/v1/namespaces/rowcast/kafkasources/predictor#churn.public.t"),
                        Map.entry("subject", "partition:0#7"),
                        Map.entry("time", "2026-11-24T03:51:00.12Z"),
                        Map.entry("key", "a key"),
                        Map.entry("partitionkey", "a key"),
                        Map.entry("kafkaheaderdebeziumsourcename", "churn"),
                        Map.entry("knativekafkapartition", "0"),
                        Map.entry("knativekafkaoffset", "7")));
        assertThat(event.contentType()).isEmpty();
        assertThat(event.data()).contains(Buffer.buffer("a value"));
    }

    @Test
    void recordWithoutAKeyHasNoKeyAttribute() {
        CloudEvent event = event(reader, record(0, "", "v", new RecordHeaders()));

        assertThat(event.attributes()).doesNotContainKeys("key", "partitionkey");
    }

    @Test
    void contentTypeComesFromTheRecordOnly() {
        // Given
        RecordHeaders headers = new RecordHeaders();
        headers.add("Content-Type", "Application/JSON".getBytes(UTF_8));

        // When
        CloudEvent event = event(reader, record(0, "k", "{}", headers));

        // Then
        assertThat(event.contentType()).contains("application/json");
        assertThat(event.attributes()).doesNotContainKey("kafkaheadercontenttype");
    }

    @Test
    void tombstoneIsAnEventWithoutData() {
        CloudEvent event = event(reader, record(3, "k", null, new RecordHeaders()));

        assertThat(event.data()).isEmpty();
        assertThat(event.attributes()).containsEntry("id", "partition:0/offset:3");
    }

    @Test
    void overridesOfTheSourceAreAddedToEachEvent() {
        PollReader overriding = new PollReader("rowcast", "predictor", Map.of("stage", "test"));

        CloudEvent event = event(overriding, record(1, "k", "v", new RecordHeaders()));

        assertThat(event.attributes()).containsEntry("stage", "test");
    }

    @Test
    void oneHeaderWithoutAValueDiscardsThePlainRecordsOfItsPoll() {
        // Given
        RecordHeaders broken = new RecordHeaders();
        broken.add("empty", null);
        RecordHeaders cloudEvent =
                ce(Map.of("ce_specversion", "1.0", "ce_id", "42", "ce_type", "t", "ce_source", "/s"));

        // When
        List<PolledRecord> received = reader.read(List.of(
                record(0, "k", "v", new RecordHeaders()),
                record(1, "k", "v", broken),
                record(2, "k", "v", cloudEvent)));

        // Then
        assertThat(received.get(0)).isInstanceOf(PolledRecord.Discarded.class);
        assertThat(received.get(1)).isInstanceOf(PolledRecord.Discarded.class);
        assertThat(received.get(2)).isInstanceOf(PolledRecord.Deliverable.class);
    }

    private static CloudEvent event(PollReader reader, ConsumerRecord<byte[], byte[]> record) {
        PolledRecord received = reader.read(List.of(record)).getFirst();
        assertThat(received).isInstanceOf(PolledRecord.Deliverable.class);
        return ((PolledRecord.Deliverable) received).event();
    }

    private static RecordHeaders ce(Map<String, String> values) {
        RecordHeaders headers = new RecordHeaders();
        values.forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        return headers;
    }

    static ConsumerRecord<byte[], byte[]> record(long offset, String key, String value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                "churn.public.t",
                0,
                offset,
                1_795_492_260_120L,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                headers,
                Optional.empty());
    }
}
