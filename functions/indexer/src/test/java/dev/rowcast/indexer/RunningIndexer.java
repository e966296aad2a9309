package dev.rowcast.indexer;

import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.station.Elasticsearch;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/// A test of the packaged indexer that Quarkus started with a [RealElasticsearch]. Each test has a key of its own.
abstract class RunningIndexer {

    @TestHTTPResource("/")
    URI function;

    Elasticsearch elasticsearch;
    EventClient sender;
    SearchClient search;
    String id = UUID.randomUUID().toString();

    @BeforeEach
    final void connect() {
        sender = new EventClient(function);
        search = new SearchClient(elasticsearch.address());
    }
}
