package dev.rowcast.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.Position;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.proof.fuzz.FuzzInputs;
import dev.rowcast.proof.fuzz.FuzzPlan;
import dev.rowcast.proof.fuzz.answer.AnswersByKind;
import dev.rowcast.proof.fuzz.answer.DecoderOracle;
import dev.rowcast.proof.fuzz.answer.FuzzClient;
import dev.rowcast.proof.fuzz.corpus.Corpus;
import dev.rowcast.testkit.station.Elasticsearch;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged function under mutated recordings, with the memory that its container has.
class EndpointFuzzIT {

    private static final List<String> TABLES = List.of(Events.SOURCE, Events.CAPTURED);

    @TempDir
    Path folder;

    @Test
    void everyInputHasAnAnswerOfTheOutcomeTableAndEachSuccessIsIndexed() throws Exception {
        FuzzPlan plan = FuzzPlan.ofRequests("indexer", 1_000);
        DecoderOracle witness =
                new DecoderOracle(new ChangeDecoder(0, keys(), NeededColumns.ALL.unlessDeleted()), change -> true);
        try (Elasticsearch elasticsearch = Elasticsearch.start(RealElasticsearch.folder())) {
            elasticsearch.putTemplates(RealElasticsearch.templates());
            try (IndexerProcess indexer = new IndexerProcess(folder.resolve("log"), settings(elasticsearch))) {
                indexer.awaitReady();

                AnswersByKind tally = new FuzzClient(indexer.function(), "indexer", witness)
                        .send(new FuzzInputs(Corpus.all(), plan), plan);
                if (plan.watched()) {
                    System.out.printf("fuzz indexer: %s, at most %d MiB%n", tally, indexer.peakMemory());
                }

                assertThat(tally.of("204")).isPositive();
                assertThat(tally.of("not-storable")).isPositive();
                SearchClient search = new SearchClient(elasticsearch.address());
                for (String table : TABLES) {
                    Map<String, Position> taken = witness.taken("public." + table);
                    Map<String, Long> stored = search.versions(table, taken.keySet());
                    assertThat(taken).isNotEmpty();
                    assertThat(stored).containsOnlyKeys(taken.keySet());
                    taken.forEach((key, position) ->
                            assertThat(stored.get(key)).as(key).isGreaterThanOrEqualTo(position.version()));
                }
                assertItStillTakesLargeEvents(new Sender(indexer.function()));
                indexer.awaitReady();
                assertThat(indexer.output())
                        .doesNotContain("java.lang.OutOfMemoryError", "Fault while handling", "Exception");
            }
        }
    }

    private static KeyColumns keys() {
        Map<String, List<String>> keys = new HashMap<>();
        TABLES.forEach(table -> keys.put("public." + table, List.of("customerid")));
        return new KeyColumns(keys);
    }

    private static Map<String, String> settings(Elasticsearch elasticsearch) {
        return Map.of(
                "QUARKUS_ELASTICSEARCH_HOSTS",
                RealElasticsearch.hosts(elasticsearch),
                "JAVA_TOOL_OPTIONS",
                "-Xmx96m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError");
    }

    /// Together they take most of the memory that events may have: none of it is lost to those before.
    private static void assertItStillTakesLargeEvents(Sender sender) {
        List<String> large = Stream.of("large-1", "large-2", "large-3")
                .map(key -> Events.update(
                        Events.SOURCE,
                        1,
                        Events.row("{'tenure': 7}").put("customerid", key).put("notes", "x".repeat(1_800_000))))
                .toList();

        assertThat(sender.postAll(large)).extracting(HttpResponse::statusCode).containsOnly(204);
    }
}
