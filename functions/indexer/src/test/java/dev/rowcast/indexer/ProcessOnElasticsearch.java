package dev.rowcast.indexer;

import dev.rowcast.testkit.station.Elasticsearch;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// A test that starts the packaged indexer as a process, with one Elasticsearch for all its tests.
abstract class ProcessOnElasticsearch {

    /// Elasticsearch, with the templates of the cluster.
    static Elasticsearch elasticsearch;

    static SearchClient search;

    /// Receives the log of the indexer.
    @TempDir
    Path folder;

    @BeforeAll
    static void startElasticsearch() {
        elasticsearch = RealElasticsearch.started();
        search = new SearchClient(elasticsearch.address());
    }

    @AfterAll
    static void stopElasticsearch() {
        elasticsearch.close();
    }
}
