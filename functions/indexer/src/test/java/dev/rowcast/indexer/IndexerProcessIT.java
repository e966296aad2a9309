package dev.rowcast.indexer;

import static dev.rowcast.testkit.function.FunctionAnswers.assertRetryLater;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.testkit.function.DebeziumEvent;
import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.function.setup.SpanCollector;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Refused start, end, and spans of the packaged indexer.
@Timeout(300)
class IndexerProcessIT extends ProcessOnElasticsearch {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int SIGTERM_EXIT_CODE = 128 + 15;

    @BeforeEach
    void beginWithoutAnIndex() throws Exception {
        search.send("DELETE", "/" + TableEvents.SOURCE, "");
    }

    @Test
    void onSigtermRunningEventsAreAnsweredAndNewOnesRefused() throws Exception {
        withAWaitingShard("120s", IndexerProcessIT::terminateInMidBatch);
    }

    /// The batch must be closed before the client of Elasticsearch.
    @Test
    void waitingEventsAreStoredAfterTheDrainTimeout() throws Exception {
        withAWaitingShard("1s", indexer -> {
            Set<String> keys = sendTwoAndMoreBehind(indexer).keySet();

            indexer.terminate();
            await().atMost(PATIENCE).until(indexer::output, output -> output.contains("events unanswered"));
            search.send(
                    "PUT",
                    "/" + TableEvents.SOURCE + "/_settings",
                    "{\"index.routing.allocation.require._name\": null}");

            assertThat(indexer.exitCode()).isEqualTo(SIGTERM_EXIT_CODE);
            assertThat(search.sources(TableEvents.SOURCE, keys)).hasSize(unanswered(indexer.output()));
        });
    }

    @Test
    void bulkRequestIsASpanInTheTraceOfItsEvent() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        Map<String, String> settings = settings();
        try (SpanCollector collector = new SpanCollector()) {
            settings.put("ROWCAST_TRACE_ENDPOINT", collector.address());
            try (PackagedFunction indexer = IndexerProcess.start(folder, settings)) {
                assertThat(indexer.awaitSender()
                                .post(Map.of("ce-traceparent", "00-" + trace + "-00f067aa0ba902b7-01"), event("traced"))
                                .statusCode())
                        .isEqualTo(204);
                indexer.terminate();
                indexer.exitCode();
            }

            assertThat(collector.of(trace))
                    .extracting(span -> span.path("name").asText())
                    .containsExactlyInAnyOrder("delivery", "decode", "bulk");
            JsonNode delivery = collector.named(trace, "delivery");
            JsonNode bulk = collector.named(trace, "bulk");
            assertThat(delivery.path("attributes").toString()).contains("traced", "stored");
            assertThat(bulk.path("parentSpanId")).isEqualTo(delivery.path("spanId"));
            assertThat(bulk.path("startTimeUnixNano").asLong())
                    .isGreaterThanOrEqualTo(delivery.path("startTimeUnixNano").asLong());
            assertThat(bulk.path("endTimeUnixNano").asLong())
                    .isGreaterThan(bulk.path("startTimeUnixNano").asLong());
        }
    }

    private static int unanswered(String output) {
        Matcher said = Pattern.compile("Stopping with (\\d+) events unanswered").matcher(output);
        assertThat(said.find()).isTrue();
        return Integer.parseInt(said.group(1));
    }

    @FunctionalInterface
    private interface Scenario {
        void run(PackagedFunction indexer) throws Exception;
    }

    private void withAWaitingShard(String drainTimeout, Scenario scenario) throws Exception {
        // A bulk request waits while no node may hold its shard.
        search.send(
                "PUT",
                "/" + TableEvents.SOURCE + "?wait_for_active_shards=0",
                "{\"settings\": {\"index.routing.allocation.require._name\": \"none\"}}");
        Map<String, String> settings = settings();
        settings.put("ROWCAST_DELIVERY_DRAIN_TIMEOUT", drainTimeout);
        try (PackagedFunction indexer = IndexerProcess.start(folder, settings)) {
            indexer.health().awaitReady();
            scenario.run(indexer);
        }
    }

    private static void terminateInMidBatch(PackagedFunction indexer) throws Exception {
        // Given
        EventClient sender = new EventClient(indexer.address());
        Map<String, CompletableFuture<HttpResponse<String>>> answers = sendTwoAndMoreBehind(indexer);

        // When
        indexer.terminate();
        indexer.health().awaitNotReady("takes no more events");
        Optional<HttpResponse<String>> refused = answer(sender.postAsync(event("late")));
        boolean waited = indexer.alive();
        search.send(
                "PUT", "/" + TableEvents.SOURCE + "/_settings", "{\"index.routing.allocation.require._name\": null}");

        // Then
        List<String> stored = new ArrayList<>();
        answers.forEach((key, later) -> {
            Optional<HttpResponse<String>> answer = answer(later);
            if (answer.filter(success -> success.statusCode() == 204).isPresent()) {
                stored.add(key);
            } else {
                answer.ifPresent(IndexerProcessIT::assertRefused);
            }
        });
        assertThat(waited).as("it waits for the running batches").isTrue();
        refused.ifPresent(IndexerProcessIT::assertRefused);
        assertThat(indexer.exitCode()).isEqualTo(SIGTERM_EXIT_CODE);
        assertThat(stored).contains("first-1", "first-2");
        assertThat(search.sources(TableEvents.SOURCE, stored)).containsOnlyKeys(stored);
        assertThat(search.document(TableEvents.SOURCE, "late").path("found").asBoolean())
                .isFalse();
        assertThat(indexer.output()).doesNotContain("unanswered", "ERROR", "Exception");
    }

    /// Sends two events whose bulk requests Elasticsearch runs, and more events that wait behind them.
    private static Map<String, CompletableFuture<HttpResponse<String>>> sendTwoAndMoreBehind(PackagedFunction indexer)
            throws Exception {
        EventClient sender = new EventClient(indexer.address());
        Map<String, CompletableFuture<HttpResponse<String>>> answers = new TreeMap<>();

        for (int running = 1; running <= 2; running++) {
            answers.put("first-" + running, sender.postAsync(event("first-" + running)));
            int tasks = running;
            await().atMost(PATIENCE).until(() -> bulkTasks() >= tasks);
        }
        for (int behind = 0; behind < 50; behind++) {
            answers.put("behind-" + behind, sender.postAsync(event("behind-" + behind)));
        }
        return answers;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ROWCAST_INDEXER_BULK_SIZE            | 0            | rowcast.indexer.bulk-size must be
            ROWCAST_INDEXER_CASES_INDEX          | Upper        | rowcast.indexer.cases-index must be
            ROWCAST_DELIVERY_MAX_BATCH           | 0            | rowcast.delivery.max-batch must be
            ROWCAST_SOURCE_EPOCH                 | 256          | rowcast.source.epoch must be
            QUARKUS_ELASTICSEARCH_HOSTS          | http://es:92 | quarkus.elasticsearch.hosts must be
            """)
    void badConfigurationEndsTheProcessWithOneClearLine(String name, String value, String line) throws IOException {
        try (PackagedFunction indexer = IndexerProcess.start(folder, Map.of(name, value))) {
            assertThat(indexer.exitCode()).isEqualTo(1);
            assertThat(indexer.output().lines())
                    .singleElement()
                    .asString()
                    .startsWith("Cannot start: " + line)
                    .endsWith("is " + value);
        }
    }

    @Test
    void variableThatIsNoSettingEndsTheProcessWithOneClearLine() throws IOException {
        try (PackagedFunction indexer = IndexerProcess.start(folder, Map.of("ROWCAST_INDEXER_TABLES", "a.b"))) {
            indexer.assertCannotStart("ROWCAST_INDEXER_TABLES is no setting of this function");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ROWCAST_INDEXER_REQUEST_TIMEOUT | soon | rowcast.indexer.request-timeout
            ROWCAST_SOURCE_EPOCH            | one  | rowcast.source.epoch
            QUARKUS_HTTP_PORT               | web  | quarkus.http.port
            """)
    void unreadableSettingEndsTheProcessWithItsName(String name, String value, String setting) throws IOException {
        try (PackagedFunction indexer = IndexerProcess.start(folder, Map.of(name, value))) {
            assertThat(indexer.exitCode()).isEqualTo(1);
            assertThat(indexer.output())
                    .contains(setting, '"' + value + '"')
                    .doesNotContain("\tat ")
                    .hasLineCount(2);
        }
    }

    private static Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "QUARKUS_ELASTICSEARCH_HOSTS",
                RealElasticsearch.hosts(elasticsearch),
                "ROWCAST_INDEXER_REQUEST_TIMEOUT",
                "120s"));
    }

    private static String event(String key) {
        return TableEvents.update(
                TableEvents.SOURCE, 7, DebeziumEvent.columns("{'tenure': 7}").put("customerid", key));
    }

    private static int bulkTasks() throws Exception {
        int tasks = 0;
        for (JsonNode node :
                search.get("/_tasks?actions=indices:data/write/bulk").path("nodes")) {
            tasks += node.path("tasks").size();
        }
        return tasks;
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertRetryLater(answer);
        assertThat(answer.headers().firstValue("Connection")).contains("close");
    }

    /// @return the answer; empty when the connection was refused or closed instead
    private static Optional<HttpResponse<String>> answer(CompletableFuture<HttpResponse<String>> later) {
        try {
            return Optional.of(later.join());
        } catch (CompletionException unanswered) {
            assertThat(unanswered).hasCauseInstanceOf(IOException.class);
            return Optional.empty();
        }
    }
}
