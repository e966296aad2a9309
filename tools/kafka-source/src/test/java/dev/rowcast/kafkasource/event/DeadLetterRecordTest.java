package dev.rowcast.kafkasource.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterRecordTest {

    @Test
    void attributesAreHeadersAndThePartitionKeyIsTheKey() {
        // Given
        CloudEvent event = new CloudEvent(
                Map.of("id", "partition:0/offset:7", "partitionkey", "Zoë", "knativeerrorcode", "422"),
                Optional.of("application/json"),
                Optional.of(Buffer.buffer("{}")));

        // When
        ProducerRecord<byte[], byte[]> record = DeadLetterRecord.of(event, "rowcast.dead-letters");

        // Then
        assertThat(record.topic()).isEqualTo("rowcast.dead-letters");
        assertThat(record.key()).isEqualTo("Zoë".getBytes(UTF_8));
        assertThat(record.value()).isEqualTo("{}".getBytes(UTF_8));
        assertThat(header(record, "ce_id")).isEqualTo("partition:0/offset:7");
        assertThat(header(record, "ce_knativeerrorcode")).isEqualTo("422");
        assertThat(header(record, "content-type")).isEqualTo("application/json");
    }

    @Test
    void tombstoneStaysATombstone() {
        CloudEvent event = new CloudEvent(Map.of("id", "1"), Optional.empty(), Optional.empty());

        ProducerRecord<byte[], byte[]> record = DeadLetterRecord.of(event, "t");

        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
        assertThat(record.headers().lastHeader("content-type")).isNull();
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
