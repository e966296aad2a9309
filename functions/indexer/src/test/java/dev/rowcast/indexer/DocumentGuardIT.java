package dev.rowcast.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import dev.rowcast.testkit.function.DebeziumEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/// In any order and with any repetition of changes, a real Elasticsearch ends with the newest change of each key.
@QuarkusIntegrationTest
@Timeout(300)
@QuarkusTestResource(value = RealElasticsearch.class, restrictToAnnotatedClass = true)
class DocumentGuardIT extends RunningIndexer {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// The most events that KafkaSource sends at the same time.
    private static final int IN_FLIGHT = 99;

    @Test
    void changeIsStoredUnderItsPositionBeforeItIsAnswered() throws Exception {
        assertThat(deliver(update(70, 7))).isEqualTo(204);

        JsonNode stored = search.document(TableEvents.SOURCE, id);
        assertThat(stored.path("_version").asLong()).isEqualTo(new Position(0, 70, 70).version());
        assertThat(stored.at("/_source/tenure").asInt()).isEqualTo(7);
        assertThat(stored.at("/_source/rowcast/lsn").asLong()).isEqualTo(70);
    }

    @Test
    void staleChangeIsASuccessAndChangesNothing() throws Exception {
        // Given
        deliver(update(70, 7));
        JsonNode newer = search.document(TableEvents.SOURCE, id);

        // When
        int answer = deliver(update(60, 6));

        // Then
        assertThat(answer).isEqualTo(204);
        assertThat(search.document(TableEvents.SOURCE, id)).isEqualTo(newer);
    }

    @Test
    void duplicateIsASuccessAndLeavesTheDocumentAsItWas() throws Exception {
        deliver(update(70, 7));

        assertThat(deliver(update(70, 7))).isEqualTo(204);

        JsonNode stored = search.document(TableEvents.SOURCE, id);
        assertThat(stored.path("_version").asLong()).isEqualTo(70);
        assertThat(stored.at("/_source/tenure").asInt()).isEqualTo(7);
        assertThat(search.count(TableEvents.SOURCE, "{'ids': {'values': ['" + id + "']}}"))
                .isEqualTo(1);
    }

    @Test
    void snapshotReadFillsWhatIsEmptyAndNeverOverwritesAChange() throws Exception {
        assertThat(deliver(TableEvents.read(TableEvents.SOURCE, 900, row(1)))).isEqualTo(204);
        assertThat(tenure()).isEqualTo(1);

        deliver(update(70, 7));
        assertThat(deliver(TableEvents.read(TableEvents.SOURCE, 900, row(1)))).isEqualTo(204);

        assertThat(tenure()).isEqualTo(7);
    }

    @Test
    void deleteMarksTheDocumentAndALateUpdateDoesNotReviveIt() throws Exception {
        deliver(update(70, 7));

        assertThat(deliver(TableEvents.delete(TableEvents.SOURCE, 80, row(7)))).isEqualTo(204);
        assertThat(deliver(update(75, 75))).isEqualTo(204);

        JsonNode source = search.document(TableEvents.SOURCE, id).path("_source");
        assertThat(source.path("deleted").asBoolean()).isTrue();
        assertThat(source.path("tenure").asInt()).isEqualTo(7);
    }

    @Test
    void rowThatIsInsertedAgainIsNoLongerDeleted() throws Exception {
        deliver(TableEvents.delete(TableEvents.SOURCE, 80, row(7)));

        deliver(update(90, 9));

        JsonNode source = search.document(TableEvents.SOURCE, id).path("_source");
        assertThat(source.path("deleted").asBoolean(true)).isFalse();
        assertThat(source.path("tenure").asInt()).isEqualTo(9);
    }

    /// Elasticsearch forgets the version of a document that is gone after `index.gc_deletes`. Beside the row of ours, a
    /// document that is really deleted shows that this time is over.
    @Test
    void deleteStillGuardsWhenElasticsearchForgetsItsOwn() throws Exception {
        // Given
        deliver(update(70, 7));
        deliver(TableEvents.delete(TableEvents.SOURCE, 80, row(7)));
        search.send("PUT", "/" + TableEvents.SOURCE + "/_settings", "{\"index.gc_deletes\": \"100ms\"}");
        String forgotten = "/" + TableEvents.SOURCE + "/_doc/forgotten?version_type=external&version=";
        search.send("PUT", forgotten + 70, "{}");
        search.send("DELETE", forgotten + 80, "");
        await().atMost(PATIENCE)
                .until(
                        () -> search.send("PUT", forgotten + 75, "{}")
                                .path("result")
                                .asText(),
                        "created"::equals);

        // When
        int answer = deliver(update(75, 75));

        // Then
        assertThat(answer).isEqualTo(204);
        assertThat(search.document(TableEvents.SOURCE, id)
                        .at("/_source/deleted")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void tablesGoIntoIndicesOfTheirOwn() throws Exception {
        deliver(update(70, 7));
        deliver(TableEvents.update(TableEvents.CAPTURED, 71, row(8)));

        assertThat(tenure()).isEqualTo(7);
        assertThat(search.document(TableEvents.CAPTURED, id)
                        .at("/_source/tenure")
                        .asInt())
                .isEqualTo(8);
    }

    @Test
    void keyOfAnyCharactersIsFoundAgain() throws Exception {
        String odd = "a/b ?&%20 \"q\" \\ é 日本 🐘 " + id;
        assertThat(deliver(TableEvents.update(
                        TableEvents.SOURCE,
                        70,
                        DebeziumEvent.columns("{'tenure': 3}").put("customerid", odd))))
                .isEqualTo(204);

        assertThat(search.sources(TableEvents.SOURCE, List.of(odd))).containsOnlyKeys(odd);
        assertThat(search.search(
                                TableEvents.SOURCE,
                                "{'query': {'bool': {'filter': [{'wildcard': {'customerid': '*" + id + "'}}]}}}")
                        .at("/hits/hits/0/_id")
                        .asText())
                .isEqualTo(odd);
    }

    @Test
    void shuffledAndRepeatedDeliveriesEndAtTheNewestOfEachKey(TestReporter reporter) throws Exception {
        long seed = System.nanoTime();
        reporter.publishEntry("seed", Long.toString(seed));
        Random random = new Random(seed);

        // Given histories of many keys, each with deletes and rows that are inserted again
        List<String> deliveries = new ArrayList<>();
        Map<String, String> newest = new TreeMap<>();
        for (int key = 0; key < 60; key++) {
            String name = id + "-" + key;
            for (int version = 1; version <= 12; version++) {
                boolean deleted = random.nextInt(4) == 0;
                ObjectNode row =
                        DebeziumEvent.columns("{'tenure': " + version + "}").put("customerid", name);
                String event = deleted
                        ? TableEvents.delete(TableEvents.SOURCE, 1000L * version + key, row)
                        : TableEvents.update(TableEvents.SOURCE, 1000L * version + key, row);
                newest.put(name, version + (deleted ? " deleted" : ""));
                deliveries.addAll(Collections.nCopies(1 + random.nextInt(2), event));
            }
            deliveries.add(TableEvents.read(
                    TableEvents.SOURCE,
                    99_999,
                    DebeziumEvent.columns("{'tenure': 0}").put("customerid", name)));
        }
        Collections.shuffle(deliveries, random);

        // When
        List<Integer> answers = sender.deliverAll(deliveries, IN_FLIGHT);

        // Then
        assertThat(answers).as("seed %d", seed).containsOnly(204);
        Map<String, String> stored = new TreeMap<>();
        search.sources(TableEvents.SOURCE, newest.keySet())
                .forEach((name, source) -> stored.put(
                        name,
                        source.path("tenure").asInt() + (source.path("deleted").asBoolean() ? " deleted" : "")));
        assertThat(stored).as("seed %d", seed).isEqualTo(newest);
    }

    @Test
    void manyInFlightGoTogetherAndEachIsStoredWhenItIsAnswered() throws Exception {
        long before = bulks();
        List<String> names =
                IntStream.range(0, 2_000).mapToObj(number -> id + "-" + number).toList();

        List<Integer> answers = sender.deliverAll(
                names.stream()
                        .map(name -> TableEvents.update(
                                TableEvents.SOURCE,
                                7,
                                DebeziumEvent.columns("{'tenure': 1}").put("customerid", name)))
                        .toList(),
                IN_FLIGHT);

        assertThat(answers).hasSize(2_000).containsOnly(204);
        assertThat(search.sources(TableEvents.SOURCE, names)).hasSize(2_000);
        assertThat(bulks() - before).as("bulk requests").isLessThan(2_000);
    }

    /// The number of bulk requests that Elasticsearch has run.
    private long bulks() throws Exception {
        return search.get("/" + TableEvents.SOURCE + "/_stats/bulk")
                .at("/_all/primaries/bulk/total_operations")
                .asLong();
    }

    private int deliver(String event) throws Exception {
        return sender.deliver(event).statusCode();
    }

    private String update(long lsn, int tenure) {
        return TableEvents.update(TableEvents.SOURCE, lsn, row(tenure));
    }

    private ObjectNode row(int tenure) {
        return DebeziumEvent.columns("{'tenure': " + tenure + "}").put("customerid", id);
    }

    private int tenure() throws Exception {
        return search.document(TableEvents.SOURCE, id).at("/_source/tenure").asInt();
    }
}
