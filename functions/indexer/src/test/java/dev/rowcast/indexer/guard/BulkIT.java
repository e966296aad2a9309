package dev.rowcast.indexer.guard;

import dev.rowcast.indexer.bulk.BatchIndexer;
import dev.rowcast.indexer.bulk.Preparation;
import dev.rowcast.indexer.bulk.SourceHistory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import dev.rowcast.indexer.RealElasticsearch;
import dev.rowcast.indexer.SearchClient;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.document.Drafts;
import dev.rowcast.indexer.document.Layout;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import dev.rowcast.testkit.station.Elasticsearch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// One `_bulk` of which a real Elasticsearch carries out a part.
class BulkIT {

    private static Elasticsearch elasticsearch;
    private static SearchClient search;
    private static RestClient client;

    @BeforeAll
    static void start() {
        elasticsearch = Elasticsearch.start(RealElasticsearch.folder());
        search = new SearchClient(elasticsearch.address());
        client = RestClient.builder(HttpHost.create(elasticsearch.address())).build();
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        elasticsearch.close();
    }

    @BeforeEach
    void makeTwoEmptyIndices() throws Exception {
        for (String index : List.of("one", "two")) {
            search.send("DELETE", "/" + index, "");
            search.send("PUT", "/" + index, """
                    {"settings": {"number_of_replicas": 0},
                     "mappings": {"dynamic": false, "properties": {"tenure": {"type": "integer"}}}}""");
        }
    }

    @Test
    void eachDocumentOfARequestIsAnsweredByItself() throws Exception {
        index(Duration.ofSeconds(30), draft("one", "kept", 9, 1));

        List<Outcome> outcomes = index(
                Duration.ofSeconds(30),
                draft("one", "new", 5, 1),
                draft("one", "kept", 5, 2),
                draft("one", "bad", 5, "soon"),
                draft("two", "new", 5, 3));

        assertThat(outcomes.get(0)).isEqualTo(new Stored());
        assertThat(outcomes.get(1)).isEqualTo(new Skipped("stale"));
        assertThat(outcomes.get(2)).isInstanceOfSatisfying(Rejected.class, bad -> {
            assertThat(bad.reason()).isEqualTo(Reason.NOT_STORABLE);
            assertThat(bad.message()).contains("[tenure]", "soon");
        });
        assertThat(outcomes.get(3)).isEqualTo(new Stored());
        assertThat(tenure("one", "kept")).isEqualTo(1);
        assertThat(tenure("one", "new")).isEqualTo(1);
        assertThat(tenure("two", "new")).isEqualTo(3);
        assertThat(bulks("one")).as("requests that reached the index").isEqualTo(2);
    }

    @Test
    void versionBelowOneThatContradictsTheMappingIsStored() throws Exception {
        List<Outcome> outcomes = index(Duration.ofSeconds(30), draft("one", "a", 5, 7), draft("one", "a", 6, "soon"));

        assertThat(outcomes.get(0)).isEqualTo(new Stored());
        assertThat(outcomes.get(1)).isInstanceOf(Rejected.class);
        assertThat(tenure("one", "a")).isEqualTo(7);
    }

    @Test
    void closedIndexIsNoFaultOfTheDocumentAndNoneOfTheOtherIndex() throws Exception {
        search.send("POST", "/one/_close", "");

        List<Outcome> outcomes = index(Duration.ofSeconds(30), draft("one", "a", 5, 1), draft("two", "a", 5, 1));

        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        closed -> assertThat(closed.message()).contains("closed"));
        assertThat(outcomes.get(1)).isInstanceOf(Stored.class);
    }

    @Test
    void blockedIndexIsNoFaultOfTheDocument() throws Exception {
        search.send("PUT", "/one/_settings", "{\"index.blocks.write\": true}");

        assertThat(index(Duration.ofSeconds(30), draft("one", "a", 5, 1)))
                .singleElement()
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void missingShardIsReportedEarlyAndTheOtherIndexIsServed() throws Exception {
        search.send("DELETE", "/one", "");
        search.send("PUT", "/one?wait_for_active_shards=0", """
                {"settings": {"number_of_replicas": 0, "index.routing.allocation.require._name": "nobody"}}""");

        List<Outcome> outcomes = index(Duration.ofSeconds(10), draft("one", "a", 5, 1), draft("two", "a", 5, 1));

        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        Unavailable.class, away -> assertThat(away.message()).contains("unavailable_shards_exception"));
        assertThat(outcomes.get(1)).isInstanceOf(Stored.class);
    }

    private static List<Outcome> index(Duration timeout, Draft... drafts) {
        Preparation.Index index = new Preparation.Index("u1", new Layout(Set.of("tenure")));
        SourceHistory history = new SourceHistory(InstantSource.system());
        return new BatchIndexer(
                        ConditionalStore.in(new dev.rowcast.indexer.elasticsearch.ElasticsearchClient(client, timeout), history),
                        () -> new Preparation.Ready(Map.of("one", index, "two", index)),
                        history,
                        1 << 20)
                .index(List.of(drafts));
    }

    private static Draft draft(String index, String id, long lsn, int tenure) {
        return draft(index, id, lsn, JsonNodeFactory.instance.objectNode().put("tenure", tenure));
    }

    private static Draft draft(String index, String id, long lsn, String tenure) {
        return draft(index, id, lsn, JsonNodeFactory.instance.objectNode().put("tenure", tenure));
    }

    private static Draft draft(String index, String id, long lsn, ObjectNode columns) {
        return Drafts.row(index, id, new Position(0, lsn, lsn), columns);
    }

    private static int tenure(String index, String id) throws Exception {
        return search.document(index, id).at("/_source/tenure").asInt(-1);
    }

    private static long bulks(String index) throws Exception {
        return search.get("/" + index + "/_stats/bulk")
                .at("/_all/primaries/bulk/total_operations")
                .asLong();
    }

    /// The raised version of [Write.Unchanged] relies on this.
    @Test
    void compareAndSetRaisesTheExternalVersionByOne() throws Exception {
        search.send("PUT", "/one/_doc/a?version=700&version_type=external", "{}");
        JsonNode stored = search.document("one", "a");
        String unchanged = "if_seq_no=" + stored.path("_seq_no") + "&if_primary_term=" + stored.path("_primary_term");

        JsonNode raised = search.send("PUT", "/one/_doc/a?" + unchanged, "{}");
        JsonNode late = search.send("PUT", "/one/_doc/a?" + unchanged, "{}");
        JsonNode equal = search.send("PUT", "/one/_doc/a?version=701&version_type=external", "{}");

        assertThat(raised.path("_version").asLong()).isEqualTo(701);
        assertThat(late.path("status").asInt()).isEqualTo(409);
        assertThat(equal.path("status").asInt()).isEqualTo(409);
        assertThat(search.document("one", "a").path("_version").asLong()).isEqualTo(701);
    }

    @Test
    void changesOfOneTransactionEndAtTheLastInWhateverOrderTheyCome() throws Exception {
        List<Integer> order =
                new ArrayList<>(IntStream.rangeClosed(1, 20).boxed().toList());
        for (String id : List.of("falling", "rising", "shuffled")) {
            switch (id) {
                case "falling" -> Collections.reverse(order);
                case "rising" -> Collections.sort(order);
                default -> Collections.shuffle(order, new Random(7));
            }
            for (int change : order) {
                ObjectNode columns = JsonNodeFactory.instance.objectNode().put("tenure", change);
                index(Duration.ofSeconds(30), Drafts.row("one", id, new Position(0, 800, 800 + 8 * change), columns));
            }
            assertThat(tenure("one", id)).as(id).isEqualTo(20);
        }
    }

    @Test
    void documentOfAReleaseWithoutCommitsIsOverwrittenByWhatIsNewer() throws Exception {
        search.send("PUT", "/one/_doc/a?version=840&version_type=external", """
                {"tenure": 1, "rowcast": {"epoch": 0, "lsn": 840, "operation": "u"}}""");

        assertThat(index(Duration.ofSeconds(30), at("a", 800, 840, 2))).containsExactly(new Skipped("stale"));
        assertThat(index(Duration.ofSeconds(30), at("a", 100, 200, 3))).containsExactly(new Skipped("stale"));
        assertThat(index(Duration.ofSeconds(30), at("a", 800, 848, 4))).containsExactly(new Stored());
        assertThat(tenure("one", "a")).isEqualTo(4);
    }

    @Test
    void lowerPositionAtALaterTimeIsNeitherStoredNorTakenForStale() throws Exception {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        ObjectNode columns = JsonNodeFactory.instance.objectNode().put("tenure", 1);
        index(Duration.ofSeconds(30), Drafts.row("one", "a", new Position(0, 800, 840), noon, columns));

        List<Outcome> outcomes = index(
                Duration.ofSeconds(30), Drafts.row("one", "a", new Position(0, 80, 84), noon.plusSeconds(3), columns));

        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        other -> assertThat(other.message()).contains("index one", "raise ROWCAST_SOURCE_EPOCH"));
        assertThat(search.document("one", "a").at("/_source/rowcast/lsn").asLong())
                .isEqualTo(840);
    }

    @Test
    void randomHistoriesEndAtTheHighestPositionAndNeverGoBack(TestReporter reporter) throws Exception {
        long seed = System.nanoTime();
        reporter.publishEntry("seed", Long.toString(seed));
        RandomHistories histories = RandomHistories.of(30, new Random(seed));
        List<List<Draft>> batches = histories.deliveries();
        AtomicBoolean over = new AtomicBoolean();
        List<String> backwards = new ArrayList<>();

        Thread observer = Thread.ofVirtual().start(() -> watch(histories, over, backwards));
        try (ExecutorService indexers = Executors.newFixedThreadPool(4)) {
            List<Future<List<Outcome>>> answers = indexers.invokeAll(batches.stream()
                    .<Callable<List<Outcome>>>map(batch -> () -> indexUntilTaken(batch))
                    .toList());
            for (Future<List<Outcome>> answer : answers) {
                assertThat(answer.get())
                        .as("seed %d", seed)
                        .allMatch(outcome -> outcome instanceof Stored || outcome instanceof Skipped);
            }
        }
        over.set(true);
        observer.join();

        assertThat(backwards).as("seed %d", seed).isEmpty();
        assertThat(positions(histories.ids())).as("seed %d", seed).isEqualTo(histories.newest());
    }

    private static List<Outcome> indexUntilTaken(List<Draft> batch) {
        List<Outcome> outcomes = index(Duration.ofSeconds(30), batch.toArray(Draft[]::new));
        while (outcomes.stream().anyMatch(Unavailable.class::isInstance)) {
            outcomes = index(Duration.ofSeconds(30), batch.toArray(Draft[]::new));
        }
        return outcomes;
    }

    private static void watch(RandomHistories histories, AtomicBoolean over, List<String> backwards) {
        Map<String, Position> last = new TreeMap<>();
        while (!over.get()) {
            Map<String, Position> now = positions(histories.ids());
            last.forEach((id, position) -> {
                if (!now.containsKey(id) || now.get(id).compareTo(position) < 0) {
                    backwards.add(id + " is at " + now.get(id) + ", was at " + position);
                }
            });
            last.putAll(now);
        }
    }

    private static Map<String, Position> positions(List<String> ids) {
        Map<String, Position> positions = new TreeMap<>();
        try {
            search.sources("one", ids).forEach((id, source) -> {
                JsonNode shown = source.path("rowcast");
                positions.put(
                        id,
                        new Position(
                                shown.path("epoch").asInt(),
                                shown.path("commit").asLong(),
                                shown.path("lsn").asLong()));
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return positions;
    }

    private static Draft at(String id, long commit, long lsn, int tenure) {
        return Drafts.row(
                "one",
                id,
                new Position(0, commit, lsn),
                JsonNodeFactory.instance.objectNode().put("tenure", tenure));
    }
}
