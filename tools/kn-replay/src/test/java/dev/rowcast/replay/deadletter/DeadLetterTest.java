package dev.rowcast.replay.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    @Test
    void headersOfARejectedEventAreRead() {
        DeadLetter letter = DeadLetter.of(letter(
                "Zoë",
                Map.of(
                        "ce_type", "dev.knative.kafka.event",
                        "ce_source",
                                "/apis/v1/namespaces/rowcast/kafkasources/predictor#churn.public.person_churn_history",
                        "ce_time", "2026-11-25T10:00:00.123Z",
                        "ce_knativekafkapartition", "3",
                        "ce_knativekafkaoffset", "17",
                        "ce_rowcastreason", "feature-missing",
                        "ce_rowcastfunction", "predictor",
                        "ce_rowcastmessage", "column tenure: is missing",
                        "ce_knativeerrorcode", "422")));

        assertThat(letter)
                .isEqualTo(new DeadLetter(
                        new DeadLetterId(0, 4),
                        Instant.parse("2026-11-25T10:00:01Z"),
                        "feature-missing",
                        "predictor",
                        "422",
                        "2026-11-25T10:00:00.123Z",
                        "churn.public.person_churn_history/3/17",
                        "Zoë",
                        "column tenure: is missing"));
    }

    @Test
    void functionIsTheDestinationWhenAllTriesFailed() {
        DeadLetter letter = DeadLetter.of(letter(
                "a",
                Map.of(
                        "ce_knativeerrordest", "http://indexer.rowcast.svc.cluster.local",
                        "ce_knativeerrorcode", "503")));

        assertThat(letter)
                .extracting(DeadLetter::reason, DeadLetter::function, DeadLetter::status)
                .containsExactly(DeadLetter.UNKNOWN, "indexer", "503");
    }

    @Test
    void originOfACloudEventIsItsOwnSource() {
        DeadLetter letter = DeadLetter.of(letter(
                "a",
                Map.of(
                        "ce_type", "dev.rowcast.retention.opened",
                        "ce_source", "/rowcast/retention#1",
                        "ce_knativekafkapartition", "0",
                        "ce_knativekafkaoffset", "5")));

        assertThat(letter.origin()).isEqualTo("/rowcast/retention#1/0/5");
    }

    @Test
    void recordWithoutHeadersIsReadAsUnknown() {
        ConsumerRecord<byte[], byte[]> bare = new ConsumerRecord<>("rowcast.dead-letters", 0, 0, null, null);
        bare.headers().add("ce_rowcastreason", null).add("ce_knativeerrordest", "no address".getBytes(UTF_8));

        assertThat(DeadLetter.of(bare))
                .extracting(
                        DeadLetter::reason,
                        DeadLetter::function,
                        DeadLetter::status,
                        DeadLetter::key,
                        DeadLetter::origin)
                .containsExactly("-", "no address", "-", "-", "-/-/-");
    }

    private static ConsumerRecord<byte[], byte[]> letter(String key, Map<String, String> headers) {
        return DeadLetterFixture.record(new DeadLetterId(0, 4), key, "{", headers);
    }
}
