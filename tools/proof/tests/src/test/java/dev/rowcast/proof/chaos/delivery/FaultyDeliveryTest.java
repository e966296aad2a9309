package dev.rowcast.proof.chaos.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowcast.change.Position;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultyDeliveryTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(9);

    private final DeliveryLog log = new DeliveryLog();
    private final FaultyDelivery delivery = new FaultyDelivery(log, 1);
    private final List<FunctionRequest> posted = new CopyOnWriteArrayList<>();
    private final Queue<Integer> statuses = new ArrayDeque<>();
    private final EventSubscriber subscriber = delivery.before("predictor", (request, timeout) -> {
        posted.add(request);
        return Future.succeededFuture(answer(statuses.isEmpty() ? 204 : statuses.remove()));
    });

    @AfterEach
    void close() {
        delivery.close();
    }

    @Test
    void withoutFaultsAnEventIsDeliveredOnceAndLogged() {
        assertThat(status(subscriber.post(change(0, 100), TIMEOUT))).isEqualTo(204);

        assertThat(posted).hasSize(1);
        assertThat(log.counts()).isEqualTo(new DeliveryLog.Counts(1, 1, 1, 0));
        assertThat(log.acknowledged("predictor", "person")).containsOnly(Map.entry("A", new Position(0, 100, 100)));
    }

    @Test
    void eachEventIsDeliveredAsOftenAsSet() {
        delivery.setCopies(3);

        assertThat(status(subscriber.post(change(0, 100), TIMEOUT))).isEqualTo(204);

        assertThat(posted).hasSize(3);
        assertThat(log.counts().duplicates()).isEqualTo(2);
    }

    @Test
    void eventIsDeliveredWhenEveryCopyIs() {
        delivery.setCopies(3);
        statuses.addAll(List.of(204, 503, 204));

        assertThat(status(subscriber.post(change(0, 100), TIMEOUT))).isEqualTo(503);
    }

    @Test
    void windowIsDeliveredCompletelyInAnotherOrder() {
        delivery.setWindow(200);
        List<FunctionRequest> sent =
                IntStream.range(0, 200).mapToObj(i -> change(i, 100 + i)).toList();

        sent.forEach(request -> subscriber.post(request, TIMEOUT));

        await().atMost(Duration.ofMinutes(1)).until(() -> posted.size() == 200);
        assertThat(posted).containsExactlyInAnyOrderElementsOf(sent).isNotEqualTo(sent);
        assertThat(log.counts().reordered()).isPositive();
    }

    @Test
    void incompleteWindowIsDeliveredAfterAWhile() {
        delivery.setWindow(200);

        assertThat(status(subscriber.post(change(0, 100), TIMEOUT))).isEqualTo(204);
    }

    @Test
    void skewChangesOnlyTheTimes() {
        delivery.setSkew(Duration.ofDays(10));
        FunctionRequest sent = change(3, 100);

        subscriber.post(sent, TIMEOUT);

        String body = posted.getFirst().body().orElseThrow().toString();
        assertThat(body).isNotEqualTo(sent.body().orElseThrow().toString());
        assertThat(body.replaceAll("\"ts_ms\":\\d+", "\"ts_ms\":1"))
                .isEqualTo(sent.body().orElseThrow().toString().replaceAll("\"ts_ms\":\\d+", "\"ts_ms\":1"));
        assertThat(log.acknowledged("predictor", "person")).containsOnly(Map.entry("A", new Position(0, 100, 100)));
    }

    /// Events of cases are CloudEvents in their topic.
    @Test
    void cloudEventIsLoggedWithItsOwnId() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("ce-source", "/rowcast/retention")
                .set("ce-id", "0190-1");
        FunctionRequest event =
                new FunctionRequest(HttpMethod.POST, "/", headers, Optional.of(Buffer.buffer("{}".getBytes(UTF_8))));

        assertThat(status(subscriber.post(event, TIMEOUT))).isEqualTo(204);
        assertThat(status(subscriber.post(event, TIMEOUT))).isEqualTo(204);

        assertThat(log.counts()).isEqualTo(new DeliveryLog.Counts(2, 2, 1, 0));
    }

    private static int status(Future<FunctionResponse> answer) {
        return ((FunctionResponse.Answered)
                        answer.toCompletionStage().toCompletableFuture().join())
                .status();
    }

    private static FunctionResponse answer(int status) {
        return FunctionResponse.Answered.of(status, "");
    }

    private static FunctionRequest change(long offset, long lsn) {
        String body = "{\"op\":\"u\",\"before\":null,\"after\":{\"customerid\":\"A\"},"
                + "\"source\":{\"table\":\"person\",\"lsn\":%1$d,\"sequence\":\"[\\\"%1$d\\\",null]\",\"ts_ms\":1790000000000},\"ts_ms\":1790000000000}"
                        .formatted(lsn);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("ce-source", "/apis/v1/namespaces/rowcast/kafkasources/predictor#topic")
                .set("ce-id", "partition:0/offset:" + offset);
        return new FunctionRequest(HttpMethod.POST, "/", headers, Optional.of(Buffer.buffer(body.getBytes(UTF_8))));
    }
}
