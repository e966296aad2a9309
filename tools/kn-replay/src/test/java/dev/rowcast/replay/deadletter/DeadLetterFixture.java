package dev.rowcast.replay.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/// Creates records of the topic of dead letters.
final class DeadLetterFixture {

    static final Instant WRITTEN = Instant.parse("2026-11-25T10:00:01Z");

    private DeadLetterFixture() {}

    static ConsumerRecord<byte[], byte[]> record(
            DeadLetterId id, String key, String value, Map<String, String> headers) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
        return new ConsumerRecord<>(
                "rowcast.dead-letters",
                id.partition(),
                id.offset(),
                WRITTEN.toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key.getBytes(UTF_8),
                value.getBytes(UTF_8),
                all,
                Optional.empty());
    }
}
