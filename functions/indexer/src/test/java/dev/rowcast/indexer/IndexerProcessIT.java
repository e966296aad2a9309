package dev.rowcast.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.station.Elasticsearch;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The packaged function: how its process ends on SIGTERM, and when it cannot start.
@Timeout(300)
class IndexerProcessIT {

    private static final int SIGTERM_EXIT_CODE = 128 + 15;

    @TempDir
    Path folder;

    @Test
    void terminationAnswersWhatIsUnderWayRefusesWhatComesAndLosesNothing() throws Exception {
        withAShardThatWaits("120s", IndexerProcessIT::terminateInMidBatch);
    }

    /// The client of Elasticsearch would be gone, were the batch not closed before it.
    @Test
    void whatWaitsIsStoredThoughTheTimeForItsAnswerIsOver() throws Exception {
        withAShardThatWaits("1s", (indexer, search) -> {
            Set<String> keys = sendTwoUnderWayAndMoreBehind(indexer, search).keySet();

            indexer.process().signal(Signal.TERM);
            while (!indexer.output().contains("events unanswered")) {
                Thread.sleep(20);
            }
            search.send(
                    "PUT", "/" + TableEvents.SOURCE + "/_settings", "{\"index.routing.allocation.require._name\": null}");

            assertThat(indexer.awaitEnd()).isEqualTo(SIGTERM_EXIT_CODE);
            assertThat(search.sources(TableEvents.SOURCE, keys)).hasSize(unanswered(indexer.output()));
        });
    }

    private static int unanswered(String output) {
        Matcher said = Pattern.compile("Stopping with (\\d+) events unanswered").matcher(output);
        assertThat(said.find()).isTrue();
        return Integer.parseInt(said.group(1));
    }

    @FunctionalInterface
    private interface Story {
        void tell(IndexerProcess indexer, SearchClient search) throws Exception;
    }

    private void withAShardThatWaits(String drainTimeout, Story story) throws Exception {
        try (Elasticsearch elasticsearch = Elasticsearch.start(RealElasticsearch.folder())) {
            SearchClient search = new SearchClient(elasticsearch.address());
            elasticsearch.putTemplates(RealElasticsearch.templates());
            // A shard that finds no node keeps a bulk request waiting until somebody lets it go.
            search.send(
                    "PUT",
                    "/" + TableEvents.SOURCE + "?wait_for_active_shards=0",
                    "{\"settings\": {\"index.routing.allocation.require._name\": \"nobody\"}}");
            Map<String, String> settings = settings(elasticsearch);
            settings.put("ROWCAST_DELIVERY_DRAIN_TIMEOUT", drainTimeout);
            try (IndexerProcess indexer = new IndexerProcess(folder.resolve("log"), settings)) {
                indexer.awaitReady();
                story.tell(indexer, search);
            }
        }
    }

    private static void terminateInMidBatch(IndexerProcess indexer, SearchClient search) throws Exception {
        // Given
        Sender sender = new Sender(indexer.function());
        Map<String, CompletableFuture<HttpResponse<String>>> answers = sendTwoUnderWayAndMoreBehind(indexer, search);

        // When
        indexer.process().signal(Signal.TERM);
        indexer.awaitReadinessThatSays("takes no more events");
        Optional<HttpResponse<String>> refused = answer(sender.postLater(event("late")));
        boolean waited = indexer.process().alive();
        search.send("PUT", "/" + TableEvents.SOURCE + "/_settings", "{\"index.routing.allocation.require._name\": null}");

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
        assertThat(waited).as("it waits for what is under way").isTrue();
        refused.ifPresent(IndexerProcessIT::assertRefused);
        assertThat(indexer.awaitEnd()).isEqualTo(SIGTERM_EXIT_CODE);
        assertThat(stored).contains("first-1", "first-2");
        assertThat(search.sources(TableEvents.SOURCE, stored)).containsOnlyKeys(stored);
        assertThat(search.document(TableEvents.SOURCE, "late").path("found").asBoolean())
                .isFalse();
        assertThat(indexer.output()).doesNotContain("unanswered", "ERROR", "Exception");
    }

    /// Two events whose requests Elasticsearch has begun, and more that came behind.
    private static Map<String, CompletableFuture<HttpResponse<String>>> sendTwoUnderWayAndMoreBehind(
            IndexerProcess indexer, SearchClient search) throws Exception {
        Sender sender = new Sender(indexer.function());
        Map<String, CompletableFuture<HttpResponse<String>>> answers = new TreeMap<>();

        for (int underWay = 1; underWay <= 2; underWay++) {
            answers.put("first-" + underWay, sender.postLater(event("first-" + underWay)));
            while (bulkTasks(search) < underWay) {
                Thread.sleep(20);
            }
        }
        for (int behind = 0; behind < 50; behind++) {
            answers.put("behind-" + behind, sender.postLater(event("behind-" + behind)));
        }
        return answers;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ROWCAST_INDEXER_BULK_SIZE            | 0            | rowcast.indexer.bulk-size must be
            ROWCAST_INDEXER_TABLES_SOURCE_INDEX  | Upper        | rowcast.indexer.tables.source.index must be
            ROWCAST_DELIVERY_MAX_BATCH           | 0            | rowcast.delivery.max-batch must be
            ROWCAST_SOURCE_EPOCH                 | 256          | rowcast.source.epoch must be
            QUARKUS_ELASTICSEARCH_HOSTS          | http://es:92 | quarkus.elasticsearch.hosts must be
            """)
    void settingThatCannotWorkEndsTheProcessWithOneLine(String name, String value, String line) throws IOException {
        try (IndexerProcess indexer = new IndexerProcess(folder.resolve("log"), Map.of(name, value))) {
            assertThat(indexer.awaitEnd()).isEqualTo(1);
            assertThat(indexer.output().lines())
                    .singleElement()
                    .asString()
                    .startsWith("Cannot start: " + line)
                    .endsWith("is " + value);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ROWCAST_INDEXER_REQUEST_TIMEOUT | soon | rowcast.indexer.request-timeout
            ROWCAST_SOURCE_EPOCH            | one  | rowcast.source.epoch
            QUARKUS_HTTP_PORT               | web  | quarkus.http.port
            """)
    void settingThatCannotBeReadEndsTheProcessWithItsNameAndNoStackTrace(String name, String value, String setting)
            throws IOException {
        try (IndexerProcess indexer = new IndexerProcess(folder.resolve("log"), Map.of(name, value))) {
            assertThat(indexer.awaitEnd()).isEqualTo(1);
            assertThat(indexer.output())
                    .contains(setting, '"' + value + '"')
                    .doesNotContain("\tat ")
                    .hasLineCount(2);
        }
    }

    private static Map<String, String> settings(Elasticsearch elasticsearch) {
        return new HashMap<>(Map.of(
                "QUARKUS_ELASTICSEARCH_HOSTS",
                RealElasticsearch.hosts(elasticsearch),
                "ROWCAST_INDEXER_REQUEST_TIMEOUT",
                "120s"));
    }

    private static String event(String key) {
        return TableEvents.update(TableEvents.SOURCE, 7, TableEvents.row("{'tenure': 7}").put("customerid", key));
    }

    private static int bulkTasks(SearchClient search) throws Exception {
        int tasks = 0;
        for (JsonNode node :
                search.get("/_tasks?actions=indices:data/write/bulk").path("nodes")) {
            tasks += node.path("tasks").size();
        }
        return tasks;
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Connection")).contains("close");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
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
