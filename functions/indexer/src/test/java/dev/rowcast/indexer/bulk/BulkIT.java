package dev.rowcast.indexer.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import dev.rowcast.change.Reason;
import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.delivery.Stored;
import dev.rowcast.delivery.Unavailable;
import dev.rowcast.indexer.RealElasticsearch;
import dev.rowcast.indexer.SearchClient;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.document.Drafts;
import dev.rowcast.indexer.document.Layout;
import dev.rowcast.local.station.Elasticsearch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

        assertThat(outcomes.get(0)).isEqualTo(new Stored(new Position(0, 5, 5)));
        assertThat(outcomes.get(1)).isEqualTo(new Skipped("stale"));
        assertThat(outcomes.get(2)).isInstanceOfSatisfying(Rejected.class, bad -> {
            assertThat(bad.reason()).isEqualTo(Reason.NOT_STORABLE);
            assertThat(bad.message()).contains("[tenure]", "soon");
        });
        assertThat(outcomes.get(3)).isEqualTo(new Stored(new Position(0, 5, 5)));
        assertThat(tenure("one", "kept")).isEqualTo(1);
        assertThat(tenure("one", "new")).isEqualTo(1);
        assertThat(tenure("two", "new")).isEqualTo(3);
        assertThat(bulks("one")).as("requests that reached the index").isEqualTo(2);
    }

    @Test
    void versionBelowOneThatContradictsTheMappingIsStored() throws Exception {
        List<Outcome> outcomes =
                index(Duration.ofSeconds(30), draft("one", "a", 5, 7), draft("one", "a", 6, "soon"));

        assertThat(outcomes.get(0)).isEqualTo(new Stored(new Position(0, 5, 5)));
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
    void shardThatIsAwayIsToldBeforeTheRequestTimesOutAndTheOtherIndexIsServed() throws Exception {
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
        Layout layout = new Layout(Set.of("tenure"));
        History history = new History(InstantSource.system());
        return new BatchIndexer(
                        DecidingStore.in(
                                new dev.rowcast.indexer.elasticsearch.Elasticsearch(client, timeout), history),
                        () -> new Preparation.Done(Map.of("one", layout, "two", layout)),
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
}
