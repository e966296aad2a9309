package dev.rowcast.kafkasource.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventRecordTest {

    private static final String STRUCTURED = """
            {"specversion":"1.0","id":"42","type":"t","source":"/s","time":"2025-11-25T10:00:00.123Z",
             "datacontenttype":"application/json","number":7,"yes":true,"data":{"a":1}}
            """;

    private final PollReader reader = new PollReader("rowcast", "retention", Map.of());

    @Test
    void recordThatIsACloudEventKeepsItsIdTypeAndSource() {
        // Given
        RecordHeaders headers = binary();
        headers.add("content-type", "application/json".getBytes(UTF_8));
        headers.add("other", "not an attribute".getBytes(UTF_8));

        // When
        CloudEvent event = event("{}", headers);

        // Then
        assertThat(event.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "specversion", "1.0",
                        "id", "42",
                        "type", "t",
                        "source", "/s",
                        "knativekafkapartition", "0",
                        "knativekafkaoffset", "9"));
        assertThat(event.contentType()).contains("application/json");
        assertThat(event.data()).contains(Buffer.buffer("{}"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"ce_ext, ext", "ce_MyExt, myext", "ce_1st, 1st"})
    void nameOfAnExtensionIsReadInLowercase(String header, String extension) {
        RecordHeaders headers = binary();
        headers.add(header, "1".getBytes(UTF_8));

        assertThat(event("{}", headers).attributes()).containsEntry("id", "42").containsEntry(extension, "1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"ce_my-ext, kafkaheadercemyext", "ce_my_ext, kafkaheadercemyext", "ce_möglich, kafkaheadercemglich"})
    void invalidNameOfAnExtensionMakesAPlainRecord(String header, String extension) {
        RecordHeaders headers = binary();
        headers.add(header, "1".getBytes(UTF_8));

        assertThat(event("{}", headers).attributes())
                .containsEntry("type", "dev.knative.kafka.event")
                .containsEntry("id", "partition:0/offset:9")
                .containsEntry("kafkaheaderceid", "42")
                .containsEntry(extension, "1");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"ce_time, yesterday", "ce_time, 2025-11-25T10:00:00", "ce_source, a b", "ce_specversion, 2.0"})
    void unreadableAttributeMakesAPlainRecord(String header, String value) {
        RecordHeaders headers = binary();
        headers.remove(header);
        headers.add(header, value.getBytes(UTF_8));

        assertThat(event("{}", headers).attributes()).containsEntry("type", "dev.knative.kafka.event");
    }

    @ParameterizedTest
    @CsvSource({"ce_id", "ce_type", "ce_source", "ce_specversion"})
    void missingAttributeMakesAPlainRecord(String header) {
        RecordHeaders headers = binary();
        headers.remove(header);

        assertThat(event("{}", headers).attributes()).containsEntry("type", "dev.knative.kafka.event");
    }

    @Test
    void headerWithoutAValueIsNoAttributeOfACloudEvent() {
        RecordHeaders headers = binary();
        headers.add("ce_ext", null);
        headers.add("other", null);

        assertThat(event("{}", headers).attributes()).containsEntry("id", "42").doesNotContainKey("ext");
    }

    @Test
    void timeKeepsItsOffset() {
        RecordHeaders headers = binary();
        headers.add("ce_time", "2025-11-25T10:00:00.120+02:00".getBytes(UTF_8));

        assertThat(event("{}", headers).attributes()).containsEntry("time", "2025-11-25T10:00:00.12+02:00");
    }

    @Test
    void headersAloneCanBeACloudEvent() {
        assertThat(event(null, binary()).data()).isEmpty();
        assertThat(event(null, binary()).attributes()).containsEntry("id", "42");
    }

    @ParameterizedTest
    @CsvSource({"application/cloudevents+json", "application/cloudevents+json; charset=UTF-8"})
    void structuredRecordIsDecoded(String contentType) {
        CloudEvent event = event(STRUCTURED, contentType(contentType));

        assertThat(event.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "specversion", "1.0",
                        "id", "42",
                        "type", "t",
                        "source", "/s",
                        "time", "2025-11-25T10:00:00.123Z",
                        "number", "7",
                        "yes", "true",
                        "knativekafkapartition", "0",
                        "knativekafkaoffset", "9"));
        assertThat(event.contentType()).contains("application/json");
        assertThat(event.data()).contains(Buffer.buffer("{\"a\":1}"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "application/cloudevents+json, no JSON",
        "application/cloudevents+json, {}",
        "application/cloudevents+avro, {}",
        "application/json, {}"
    })
    void anyOtherRecordWithAContentTypeIsPlain(String contentType, String value) {
        CloudEvent event = event(value, contentType(contentType));

        assertThat(event.attributes()).containsEntry("type", "dev.knative.kafka.event");
        assertThat(event.contentType()).contains(contentType);
        assertThat(event.data()).contains(Buffer.buffer(value));
    }

    private static RecordHeaders binary() {
        RecordHeaders headers = new RecordHeaders();
        Map.of("ce_specversion", "1.0", "ce_id", "42", "ce_type", "t", "ce_source", "/s")
                .forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        return headers;
    }

    private static RecordHeaders contentType(String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("content-type", value.getBytes(UTF_8));
        return headers;
    }

    private CloudEvent event(String value, RecordHeaders headers) {
        ConsumerRecord<byte[], byte[]> record = PollReaderTest.record(9, "case", value, headers);
        return Optional.of(reader.read(List.of(record)).getFirst())
                .map(PolledRecord.Deliverable.class::cast)
                .orElseThrow()
                .event();
    }
}
