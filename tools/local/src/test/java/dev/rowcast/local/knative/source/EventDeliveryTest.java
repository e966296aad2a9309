package dev.rowcast.local.knative.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.delivery.RetryPolicy.BackOff;
import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.local.knative.source.EventDelivery.Outcome;
import dev.rowcast.local.knative.source.ToySubscriber.Got;
import dev.rowcast.local.thread.StopSignal;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventDeliveryTest {

    private static final RetryPolicy THREE_TRIES =
            new RetryPolicy(2, BackOff.LINEAR, Duration.ofMillis(1), Duration.ofSeconds(30));
    private static final SourcePlan PLAN = new SourcePlan(
            "rowcast", "toy", List.of("t"), "t", "earliest", "http://toy.rowcast", THREE_TRIES, THREE_TRIES, Map.of());

    private final SourceCounts counts = new SourceCounts();
    private ToySubscriber function = new ToySubscriber(got -> got.answer(204));
    private ToySubscriber sink = new ToySubscriber(got -> got.answer(202));

    @AfterEach
    void close() {
        function.close();
        sink.close();
    }

    @Test
    void deadLetterIsTheEventWithWhereWhatAndWhy() throws Exception {
        functionAnswers(got -> got.request()
                .response()
                .setStatusCode(422)
                .putHeader("kne-rowcastreason", "feature-missing")
                .end("tenure is missing"));

        assertThat(deliver(event("k"))).isInstanceOf(Outcome.Done.class);

        Got letter = sink.all().getFirst();
        assertThat(letter.body().toString()).isEqualTo("{}");
        assertThat(letter.headers())
                .containsEntry("ce-id", "partition:0/offset:0")
                .containsEntry("ce-key", "k")
                .containsEntry("ce-rowcastreason", "feature-missing")
                .containsEntry("ce-knativeerrorcode", "422")
                .containsEntry("ce-knativeerrordata", "dGVudXJlIGlzIG1pc3Npbmc=")
                .containsEntry("ce-knativeerrordest", "http://toy.rowcast");
        assertThat(counts.snapshot()).isEqualTo(new SourceCounts.Snapshot(0, 0, 1, 0, 0));
    }

    @Test
    void sinkIsRetriedLikeTheFunction() throws Exception {
        functionAnswers(got -> got.answer(422));
        sinkAnswers(got -> got.answer(sink.all().size() < 3 ? 503 : 202));

        assertThat(deliver(event("k"))).isInstanceOf(Outcome.Done.class);

        assertThat(function.all()).hasSize(1);
        assertThat(sink.all()).hasSize(3);
        assertThat(counts.snapshot()).isEqualTo(new SourceCounts.Snapshot(0, 2, 1, 0, 0));
    }

    @Test
    void eventIsLostWhenTheSinkRefusesEachTry() throws Exception {
        functionAnswers(got -> got.answer(422));
        sinkAnswers(got -> got.answer(503));

        assertThat(deliver(event("k")))
                .isEqualTo(new Outcome.Dropped("the dead letter sink does not take it: status 503"));

        assertThat(sink.all()).hasSize(3);
        assertThat(counts.snapshot()).isEqualTo(new SourceCounts.Snapshot(0, 2, 0, 1, 0));
    }

    @Test
    void keyWithALineBreakIsTriedAtBothAndLost() throws Exception {
        assertThat(deliver(event("a\nb")))
                .isInstanceOf(Outcome.Dropped.class)
                .asString()
                .contains("the dead letter sink does not take it", "cannot have the event's value");

        assertThat(function.all()).isEmpty();
        assertThat(sink.all()).isEmpty();
        assertThat(counts.snapshot()).isEqualTo(new SourceCounts.Snapshot(0, 4, 0, 1, 0));
    }

    /// 4,500 bytes in `ce-key` and `ce-partitionkey` are more than the 8 KiB that a server of Vert.x takes.
    @Test
    void keyOf4500BytesIsRefusedAtBothAndLost() throws Exception {
        assertThat(deliver(event("k".repeat(4_500))))
                .isEqualTo(new Outcome.Dropped("the dead letter sink does not take it: status 431"));

        assertThat(function.all()).isEmpty();
        assertThat(counts.snapshot()).isEqualTo(new SourceCounts.Snapshot(0, 0, 0, 1, 0));
    }

    /// 512 bytes of a text key: 128 characters that Debezium's JSON writes as two escapes each.
    @Test
    void largestKeyOfATableFitsTheSinkWithTheLargestReason() throws Exception {
        functionAnswers(got -> got.request()
                .response()
                .setStatusCode(422)
                .putHeader("kne-rowcastreason", "toast-placeholder")
                .putHeader("kne-rowcastmessage", "x".repeat(300))
                .putHeader("kne-rowcastfunction", "predictor")
                .end("x".repeat(2_000)));
        CloudEvent event = event("{\"customerid\":\"" + "\\ud83d\\ude00".repeat(128) + "\"}")
                .with(Map.of(
                        "subject", "partition:5#9223372036854775807",
                        "time", "2026-11-24T03:51:00.123Z",
                        "knativekafkapartition", "5",
                        "knativekafkaoffset", "9223372036854775807"));

        assertThat(deliver(event)).isInstanceOf(Outcome.Done.class);

        assertThat(sink.all()).hasSize(1);
    }

    @Test
    void headerWithASecondHyphenIsNeverCommitted() throws Exception {
        functionAnswers(got -> got.request()
                .response()
                .setStatusCode(422)
                .putHeader("kne-rowcast-reason", "x")
                .end());

        assertThat(deliver(event("k"))).isInstanceOf(Outcome.Stuck.class);

        assertThat(sink.all()).isEmpty();
        assertThat(counts.snapshot()).isEqualTo(new SourceCounts.Snapshot(0, 0, 0, 0, 1));
    }

    @Test
    void eventIsLostWithoutASink() throws Exception {
        functionAnswers(got -> got.answer(422));

        assertThat(deliver(event("k"), Optional.empty()))
                .isEqualTo(new Outcome.Dropped("the source has no dead letter sink"));
    }

    private void functionAnswers(Consumer<Got> behaviour) {
        function.close();
        function = new ToySubscriber(behaviour);
    }

    private void sinkAnswers(Consumer<Got> behaviour) {
        sink.close();
        sink = new ToySubscriber(behaviour);
    }

    private Outcome deliver(CloudEvent event) throws InterruptedException {
        return deliver(event, Optional.of(sink.address()));
    }

    private Outcome deliver(CloudEvent event, Optional<EventSubscriber> deadLetters) throws InterruptedException {
        return new EventDelivery(PLAN, function.address(), deadLetters, counts, new StopSignal()).deliver(event);
    }

    private static CloudEvent event(String key) {
        Map<String, String> attributes = Map.of(
                "specversion", "1.0",
                "id", "partition:0/offset:0",
                "type", "dev.knative.kafka.event",
                "source", "/apis/v1/namespaces/rowcast/kafkasources/toy#t",
                "key", key,
                "partitionkey", key);
        return new CloudEvent(attributes, Optional.empty(), Optional.of(Buffer.buffer("{}")));
    }
}
