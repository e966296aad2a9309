package dev.rowcast.indexer;

import static dev.rowcast.testkit.function.FunctionAnswers.assertRejected;
import static dev.rowcast.testkit.function.FunctionAnswers.assertRetryLater;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.indexer.elasticsearch.ElasticsearchAnswers;
import dev.rowcast.indexer.elasticsearch.ElasticsearchAnswers.Answer;
import dev.rowcast.indexer.elasticsearch.ElasticsearchAnswers.Asked;
import dev.rowcast.testkit.function.DebeziumEvent;
import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.function.FunctionHealth;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Answers and readiness of the function while Elasticsearch fails.
@QuarkusTest
@Timeout(120)
@QuarkusTestResource(value = FailingElasticsearch.class, restrictToAnnotatedClass = true)
class IndexFunctionWhileElasticsearchFailsTest {

    private static final String EVENT =
            TableEvents.update(TableEvents.SOURCE, 7, DebeziumEvent.columns("{'customerid': 'a', 'tenure': 1}"));

    @TestHTTPResource("/")
    URI function;

    @TestHTTPResource("/q/health/live")
    URI live;

    ElasticsearchAnswers elasticsearch;
    EventClient sender;
    FunctionHealth health;

    @BeforeEach
    void heal() throws Exception {
        sender = new EventClient(function);
        health = new FunctionHealth(function);
        elasticsearch.answer(IndexFunctionWhileElasticsearchFailsTest::healthy);
        health.awaitReady();
    }

    @Test
    void overloadedElasticsearchMeansARetry() throws Exception {
        elasticsearch.answer(asked -> asked.line().equals("POST /_bulk") ? new Answer(429, "") : healthy(asked));

        HttpResponse<String> answer = sender.post(EVENT);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(health.status()).as("ready").isEqualTo(200);
    }

    @Test
    void silentElasticsearchMeansRetriesAndNeedsNoRestart() throws Exception {
        elasticsearch.answer(asked -> elasticsearch.silence());
        List<HttpResponse<String>> answers =
                sender.postAll(IntStream.range(0, 20).mapToObj(i -> EVENT).toList());

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(503);
        assertThat(status(live)).isEqualTo(200);

        elasticsearch.answer(IndexFunctionWhileElasticsearchFailsTest::healthy);
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
    }

    @Test
    void refusalMeansNotReadyUntilItEnds() throws Exception {
        elasticsearch.answer(asked -> new Answer(401, """
                {"error": {"type": "security_exception", "reason": "unable to authenticate user [indexer]"}}"""));

        assertThat(sender.post(EVENT).statusCode()).isEqualTo(503);
        health.awaitNotReady("unable to authenticate user [indexer]");

        elasticsearch.answer(IndexFunctionWhileElasticsearchFailsTest::healthy);
        health.awaitReady();
        assertThat(sender.deliver(EVENT).statusCode()).isEqualTo(204);
    }

    @Test
    void missingTemplateMeansNotReadyAndNothingIsSent() throws Exception {
        elasticsearch.answer(asked -> asked.line().startsWith("POST /_index_template/")
                ? new Answer(200, "{}")
                : new Answer(404, "{\"error\": {\"type\": \"index_not_found_exception\"}}"));
        sender.post(EVENT);

        health.awaitNotReady("no index template of ours covers it");
        int before = bulkRequests();
        assertThat(sender.post(EVENT).statusCode()).isEqualTo(503);
        assertThat(bulkRequests()).isEqualTo(before);
    }

    @Test
    void rejectedAndSkippedEventsNeedNoElasticsearch() throws Exception {
        int before = bulkRequests();
        elasticsearch.answer(asked -> elasticsearch.silence());

        assertThat(sender.post("").statusCode()).as("tombstone").isEqualTo(204);
        assertThat(sender.post("{\"ts_ms\": 1}").statusCode()).as("heartbeat").isEqualTo(204);
        assertRejected(sender.post("{\"op\": "), "indexer", "not-json", "");
        assertRejected(sender.post("{\"hello\": \"world\"}"), "indexer", "no-envelope", "op");
        assertRejected(
                sender.post(TableEvents.update(TableEvents.SOURCE, 1, DebeziumEvent.columns("{'customerid': ''}"))),
                "indexer",
                "not-storable",
                "empty key");
        assertRejected(
                sender.post(TableEvents.update(TableEvents.SOURCE, 1, DebeziumEvent.columns("{'tenure': 1}"))),
                "indexer",
                "key-missing",
                "customerid");
        assertThat(bulkRequests()).isEqualTo(before);
    }

    @Test
    void tableThatNoFileNamesIsAFaultOfTheSetupNotOfTheEvent() throws Exception {
        HttpResponse<String> answer =
                sender.post(TableEvents.update("elsewhere", 1, DebeziumEvent.columns("{'customerid': 'a'}")));

        assertRetryLater(answer);
        assertThat(answer.headers().firstValue("kne-rowcastmessage"))
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("changes of table public.elsewhere are not expected here, because no valid file"));
        assertThat(health.status()).as("ready").isEqualTo(200);
    }

    @Test
    void caseOfAnActionIsStoredAndATypeOfNoActionIsRejected() throws Exception {
        String opened = """
                {"customerid": "a", "opened_at": "2026-03-01T12:00:00Z", "position": {"epoch": 0, "commit": 1, "lsn": 1}}""";

        assertThat(sender.deliverEvent("dev.rowcast.retention.opened", opened).statusCode())
                .isEqualTo(204);
        assertRejected(
                sender.deliverEvent("com.example.opened", opened),
                "indexer",
                "type-unknown",
                "events of type com.example.opened are not expected here");
    }

    private int bulkRequests() {
        return Collections.frequency(
                elasticsearch.asked().stream().map(Asked::line).toList(), "POST /_bulk");
    }

    private static Answer healthy(Asked asked) {
        if (asked.line().startsWith("GET /")) {
            return new Answer(200, """
                    {"i": {"settings": {"index": {"uuid": "u"}}, "mappings": {"dynamic": "false",
                       "properties": {"rowcast": {"properties": {"operation": {"type": "keyword"}}}}}}}""");
        }
        long documents = asked.body().lines().count() / 2;
        return new Answer(
                200,
                "{\"items\":[" + String.join(",", Collections.nCopies((int) documents, "{\"index\":{\"status\":201}}"))
                        + "]}");
    }

    private static int status(URI uri) throws Exception {
        return get(uri).statusCode();
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }
}
