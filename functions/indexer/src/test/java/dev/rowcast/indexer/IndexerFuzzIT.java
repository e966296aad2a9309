package dev.rowcast.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.Position;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.proof.fuzz.answer.DecoderOracle;
import dev.rowcast.proof.fuzz.corpus.Corpus;
import dev.rowcast.testkit.function.DebeziumEvent;
import dev.rowcast.testkit.function.FuzzRun;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.station.Elasticsearch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged indexer under mutated recordings, with the memory of its container.
class IndexerFuzzIT {

    private static final List<String> TABLES = List.of(TableEvents.SOURCE, TableEvents.CAPTURED);

    @TempDir
    Path folder;

    @Test
    void everyInputIsAnsweredByTheTableAndEachSuccessIsIndexed() throws Exception {
        DecoderOracle witness =
                new DecoderOracle(new ChangeDecoder(0, keys(), NeededColumns.ALL.unlessDeleted()), change -> true);
        try (Elasticsearch elasticsearch = RealElasticsearch.started()) {
            try (PackagedFunction indexer = IndexerProcess.start(folder, settings(elasticsearch))) {
                FuzzRun run = new FuzzRun("indexer", indexer, witness);
                run.send(Corpus.all());

                SearchClient search = new SearchClient(elasticsearch.address());
                for (String table : TABLES) {
                    Map<String, Position> taken = witness.taken("public." + table);
                    Map<String, Long> stored = search.versions(table, taken.keySet());
                    assertThat(taken).isNotEmpty();
                    assertThat(stored).containsOnlyKeys(taken.keySet());
                    taken.forEach((key, position) ->
                            assertThat(stored.get(key)).as(key).isGreaterThanOrEqualTo(position.version()));
                }
                run.assertHealthy((key, text) -> TableEvents.update(
                        TableEvents.SOURCE,
                        1,
                        DebeziumEvent.columns("{'tenure': 7}")
                                .put("customerid", key)
                                .put("notes", text)));
            }
        }
    }

    private static KeyColumns keys() {
        Map<String, List<String>> keys = new HashMap<>();
        TABLES.forEach(table -> keys.put("public." + table, List.of("customerid")));
        return new KeyColumns(keys);
    }

    private static Map<String, String> settings(Elasticsearch elasticsearch) {
        Map<String, String> settings = new HashMap<>(FuzzRun.SMALL_HEAP);
        settings.put("QUARKUS_ELASTICSEARCH_HOSTS", RealElasticsearch.hosts(elasticsearch));
        return settings;
    }
}
