package dev.rowcast.local.knative.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.delivery.RetryPolicy.BackOff;
import dev.rowcast.local.knative.source.ToySubscriber.Got;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.Manifests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class DispatcherIT extends WithToySources {

    @Test
    void recordIsPostedLikeByKafkaSource() throws Exception {
        // Given
        ToySubscriber function = sources.subscriber(got -> got.answer(204));
        ProducerRecord<byte[], byte[]> full = SourceTopics.record(topic, "7590-VHVEG", "{\"op\":\"c\"}");
        full.headers().add("Content-Type", "application/json".getBytes(UTF_8));
        full.headers().add("Trace-Id", "t1".getBytes(UTF_8));
        topics.send(List.of(full, new ProducerRecord<>(topic, "gone".getBytes(UTF_8), null)));

        // When
        sources.start(function, THREE_TRIES);
        patiently().until(() -> function.all().size() == 2);

        // Then
        Got first = function.of("7590-VHVEG").getFirst();
        assertThat(first.request().method().name()).isEqualTo("POST");
        assertThat(first.request().uri()).isEqualTo("/");
        assertThat(first.body().toString()).isEqualTo("{\"op\":\"c\"}");
        assertThat(first.headers().remove("ce-time")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        assertThat(first.headers()).containsExactlyInAnyOrderEntriesOf(headers("""
                        ce-specversion: 1.0
                        ce-type: dev.knative.kafka.event
                        ce-source: /apis/v1/namespaces/rowcast/kafkasources/toy#%s
                        ce-id: partition:0/offset:0
                        ce-subject: partition:0#0
                        ce-key: 7590-VHVEG
                        ce-partitionkey: 7590-VHVEG
                        ce-knativekafkapartition: 0
                        ce-knativekafkaoffset: 0
                        ce-kafkaheadertraceid: t1
                        user-agent: Vert.x-WebClient/4.5.27
                        Prefer: reply
                        Kn-Namespace: rowcast
                        content-type: application/json
                        content-length: 10
                        host: 127.0.0.1:%d
                        """.formatted(topic, function.port())));
        Got tombstone = function.of("gone").getFirst();
        assertThat(tombstone.body().length()).isZero();
        assertThat(tombstone.headers()).doesNotContainKeys("content-type", "content-length", "transfer-encoding");
    }

    @Test
    void fiftyToNinetyNineAreInFlightAndTheLowestGapIsCommitted() throws Exception {
        // Given a function that does not answer yet
        AtomicBoolean answers = new AtomicBoolean();
        ConcurrentLinkedQueue<Got> held = new ConcurrentLinkedQueue<>();
        ToySubscriber function = sources.subscriber(got -> {
            if (answers.get() && got.offset() != 3) {
                got.answer(204);
            } else {
                held.add(got);
            }
        });
        topics.send(topic, 300, 0);
        Dispatcher dispatcher = sources.start(function, THREE_TRIES);

        // Then
        patiently().until(() -> dispatcher.inFlight() >= 50 && held.size() == dispatcher.inFlight());
        assertThat(dispatcher.inFlight()).isBetween(50, 99);

        // When all but the fourth are answered
        answers.set(true);
        held.stream().filter(got -> got.offset() != 3).forEach(got -> got.answer(204));

        // Then it delays no other, and no offset from it on is committed
        patiently().until(() -> dispatcher.counts().delivered() == 299);
        patiently().until(() -> topics.committed(topic) == 3);
        dispatcher.close();
        assertThat(topics.committed(topic)).isEqualTo(3);

        // When a dispatcher starts again
        ToySubscriber again = sources.subscriber(got -> got.answer(204));
        Dispatcher second = sources.start(again, THREE_TRIES);
        patiently().until(() -> second.counts().delivered() == 297);
        second.close();

        // Then exactly the records from the gap on are delivered again
        assertThat(again.all()).extracting(Got::offset).allMatch(offset -> offset >= 3);
        assertThat(topics.committed(topic)).isEqualTo(300);
    }

    @Test
    void statusDecidesBetweenSuccessRetryAndDeadLetter() throws Exception {
        // Given
        List<Integer> done = List.of(200, 202, 204);
        List<Integer> again = List.of(404, 408, 409, 429, 500, 502, 503, 504);
        List<Integer> dead = List.of(301, 400, 401, 403, 405, 413, 422);
        ToySubscriber function = sources.subscriber(got -> got.answer(Integer.parseInt(got.key())));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (List<Integer> group : List.of(done, again, dead)) {
            group.forEach(status -> records.add(SourceTopics.record(topic, Integer.toString(status), "v")));
        }
        topics.send(records);

        // When
        Dispatcher dispatcher = sources.start(function, THREE_TRIES);
        patiently()
                .until(() ->
                        dispatcher.counts().delivered() + dispatcher.counts().deadLettered() == records.size());

        // Then
        done.forEach(status -> assertThat(function.of("" + status)).hasSize(1));
        again.forEach(status -> assertThat(function.of("" + status)).hasSize(3));
        dead.forEach(status -> assertThat(function.of("" + status)).hasSize(1));
        Set<String> letters = new HashSet<>();
        topics.all(sources.deadLetterTopic()).forEach(letter -> {
            String status = new String(letter.key(), UTF_8);
            letters.add(status);
            assertThat(SourceTopics.header(letter, "ce_knativeerrorcode")).contains(status);
        });
        assertThat(letters).hasSize(again.size() + dead.size()).doesNotContain("200", "202", "204");
        assertThat(dispatcher.counts().retried()).isEqualTo(2L * again.size());
    }

    @Test
    void waitGrowsWithEachRetry() throws Exception {
        // Given
        Duration unit = Duration.ofMillis(40);
        ToySubscriber function = sources.subscriber(got -> got.answer(503));
        topics.send(topic, 1, 0);

        // When
        Dispatcher dispatcher =
                sources.start(function, new RetryPolicy(3, BackOff.EXPONENTIAL, unit, Duration.ofSeconds(60)));
        patiently().until(() -> dispatcher.counts().deadLettered() == 1);

        // Then
        assertWaits(function.all(), 3, retry -> unit.multipliedBy(1L << retry));
    }

    /// The waits are a thousandth of the manifest's.
    @Test
    void retriesAreThoseOfTheManifest() throws Exception {
        // Given
        RetryPolicy manifest = SourcePlan.retries(
                Manifests.read(Checkout.find().root()).sources().getFirst().delivery());
        Duration unit = manifest.delay().dividedBy(1000);
        ToySubscriber function = sources.subscriber(got -> got.answer(503));
        topics.send(topic, 1, 0);

        // When
        Dispatcher dispatcher = sources.start(
                function, new RetryPolicy(manifest.retries(), manifest.backOff(), unit, manifest.timeout()));
        patiently().until(() -> dispatcher.counts().deadLettered() == 1);

        // Then
        assertWaits(function.all(), manifest.retries(), retry -> unit.multipliedBy(retry));
    }

    private static void assertWaits(List<Got> tries, int retries, IntFunction<Duration> least) {
        assertThat(tries).hasSize(1 + retries);
        for (int retry = 1; retry <= retries; retry++) {
            assertThat(tries.get(retry).nanos() - tries.get(retry - 1).nanos())
                    .isGreaterThanOrEqualTo(least.apply(retry).toNanos());
        }
    }

    @Test
    void deadLetterHasTheRejectedEventAndTheReason() throws Exception {
        // Given
        ToySubscriber function = sources.subscriber(got -> got.request()
                .response()
                .setStatusCode(422)
                .putHeader("kne-rowcastreason", "feature_missing")
                .putHeader("x-other", "not for the letter")
                .end("tenure is missing"));
        byte[] value = {'{', (byte) 0xff, 0, '}'};
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, 0, 1_764_064_800_123L, "Zoë".getBytes(UTF_8), value);
        record.headers().add("trace", "t1".getBytes(UTF_8));
        topics.send(List.of(record));

        // When
        Dispatcher dispatcher = sources.start(function, THREE_TRIES);
        patiently().until(() -> dispatcher.counts().deadLettered() == 1);

        // Then
        assertThat(function.all()).hasSize(1);
        ConsumerRecord<byte[], byte[]> letter =
                topics.all(sources.deadLetterTopic()).getFirst();
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.key()).isEqualTo("Zoë".getBytes(UTF_8));
        Map<String, String> headers = headers("""
                ce_id: partition:0/offset:0
                ce_source: /apis/v1/namespaces/rowcast/kafkasources/toy#%s
                ce_type: dev.knative.kafka.event
                ce_time: 2025-11-25T10:00:00.123Z
                ce_key: Zoë
                ce_knativekafkapartition: 0
                ce_knativekafkaoffset: 0
                ce_kafkaheadertrace: t1
                ce_rowcastreason: feature_missing
                ce_knativeerrorcode: 422
                ce_knativeerrordata: dGVudXJlIGlzIG1pc3Npbmc=
                ce_knativeerrordest: http://toy.rowcast
                """.formatted(topic));
        headers.forEach((name, text) ->
                assertThat(SourceTopics.header(letter, name)).as(name).contains(text));
        assertThat(letter.headers()).noneMatch(header -> header.key().contains("other"));
    }

    /// If rejected events were retried, fifty of them would block all deliveries for an hour.
    @Test
    void rejectedEventIsPostedOnceAndDelaysNoOther() throws Exception {
        // Given
        int each = 50;
        ToySubscriber function =
                sources.subscriber(got -> got.answer(Integer.parseInt(got.key()) % 2 == 0 ? 422 : 204));
        topics.send(topic, 2 * each, 0);
        RetryPolicy anHour = new RetryPolicy(10, BackOff.LINEAR, Duration.ofMinutes(6), Duration.ofSeconds(60));

        // When
        Dispatcher dispatcher = sources.start(function, anHour);

        // Then
        patiently()
                .until(() ->
                        dispatcher.counts().delivered() + dispatcher.counts().deadLettered() == 2L * each);
        dispatcher.close();
        assertThat(topics.committed(topic)).isEqualTo(2L * each);
        assertThat(dispatcher.counts().delivered()).isEqualTo(each);
        assertThat(dispatcher.counts().deadLettered()).isEqualTo(each);
        assertThat(dispatcher.counts().retried()).isZero();
        IntStream.range(0, 2 * each)
                .forEach(key -> assertThat(function.of("" + key)).hasSize(1));
        assertThat(topics.all(sources.deadLetterTopic()))
                .extracting(letter -> Integer.parseInt(new String(letter.key(), UTF_8)))
                .hasSize(each)
                .doesNotHaveDuplicates()
                .allMatch(key -> key % 2 == 0);
    }

    /// Events that wait for a dependency are retried; the others overtake them.
    @Test
    void retriedEventDelaysNoOther() throws Exception {
        // Given fewer waiting events than concurrent deliveries
        int waiting = 40;
        ToySubscriber function = sources.subscriber(got -> got.answer(got.offset() < waiting ? 503 : 204));
        topics.send(topic, waiting + 200, 0);

        // When
        Dispatcher dispatcher = sources.start(
                function, new RetryPolicy(10, BackOff.LINEAR, Duration.ofMinutes(6), Duration.ofSeconds(60)));

        // Then
        patiently().until(() -> dispatcher.counts().delivered() == 200);
        assertThat(dispatcher.counts().deadLettered()).isZero();
        assertThat(function.all()).hasSize(waiting + 200);
    }

    @Test
    void missingAnswerIsRetriedAndDeadLetteredWithoutStatus() throws Exception {
        // Given one request without an answer and one closed connection
        ToySubscriber function = sources.subscriber(got -> {
            if (got.key().equals("1")) {
                got.request().connection().close();
            }
        });
        topics.send(topic, 2, 0);

        // When
        Dispatcher dispatcher = sources.start(
                function, new RetryPolicy(1, BackOff.LINEAR, Duration.ofMillis(10), Duration.ofMillis(400)));
        patiently().until(() -> dispatcher.counts().deadLettered() == 2);

        // Then
        assertThat(function.of("0")).hasSize(2);
        assertThat(function.of("1")).hasSize(2);
        assertThat(topics.all(sources.deadLetterTopic())).hasSize(2).allSatisfy(letter -> {
            assertThat(SourceTopics.header(letter, "ce_knativeerrordest")).contains("http://toy.rowcast");
            assertThat(SourceTopics.header(letter, "ce_knativeerrorcode")).isEmpty();
        });
    }

    @Test
    void nothingIsLostWhenKafkaIsKilledInTheMiddle() throws Exception {
        // Given
        int half = 600;
        Set<String> rejected = new HashSet<>();
        ToySubscriber function =
                sources.subscriber(got -> got.answer(Integer.parseInt(got.key()) % 10 == 0 ? 422 : 204));
        topics.send(topic, half, 0);
        Dispatcher dispatcher = sources.start(function, THREE_TRIES);
        patiently().until(() -> dispatcher.counts().delivered() > 100);

        // When
        kafka.kill();
        kafka.start();
        topics.send(topic, half, half);

        // Then
        patiently().until(() -> topics.committed(topic) == 2L * half);
        Set<String> delivered = new HashSet<>();
        function.all().forEach(got -> delivered.add(got.key()));
        assertThat(delivered).hasSize(2 * half);
        topics.all(sources.deadLetterTopic()).forEach(letter -> rejected.add(new String(letter.key(), UTF_8)));
        assertThat(rejected)
                .isEqualTo(new HashSet<>(IntStream.range(0, 2 * half)
                        .filter(number -> number % 10 == 0)
                        .mapToObj(Integer::toString)
                        .toList()));
        assertThat(dispatcher.counts().dropped()).isZero();
    }

    @Test
    void droppedDispatcherCommitsNothingAndTheNextRedelivers() throws Exception {
        // Given
        ToySubscriber function = sources.subscriber(got -> {
            if (!got.key().equals("stuck")) {
                got.answer(204);
            }
        });
        topics.send(List.of(SourceTopics.record(topic, "done", "{}"), SourceTopics.record(topic, "stuck", "{}")));
        Dispatcher dropped = sources.start(function, THREE_TRIES);
        patiently().until(() -> function.all().size() == 2);
        // When
        dropped.drop();
        // Then
        assertThat(topics.committed(topic)).isZero();
        Dispatcher next = sources.start(sources.subscriber(got -> got.answer(204)), THREE_TRIES);
        patiently().until(() -> next.counts().delivered() == 2);
        next.close();
        assertThat(topics.committed(topic)).isEqualTo(2);
    }

    /// Reads one header of a line.
    private static Map<String, String> headers(String lines) {
        return lines.lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(header -> header[0], header -> header[1]));
    }
}
