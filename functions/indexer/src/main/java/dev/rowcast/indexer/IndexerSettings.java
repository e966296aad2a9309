package dev.rowcast.indexer;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tables, indices and limits, prefix `rowcast.indexer`. The settings `quarkus.elasticsearch.*` have the
/// address and the login of Elasticsearch; `rowcast.delivery.max-batch` limits the documents of one batch.
@ConfigMapping(prefix = "rowcast.indexer")
public interface IndexerSettings {

    /// The tables whose rows are indexed, each under a name of your choice:
    /// `rowcast.indexer.tables.tariffs.table`. A change of any other table is rejected.
    Map<String, Table> tables();

    /// Name of the index of retention cases. One of rowcast's index templates must match it.
    @WithDefault("retention_case")
    String casesIndex();

    /// Largest bulk request, 1 byte to 100M. A single larger document is sent alone.
    @WithDefault("5M")
    MemorySize bulkSize();

    /// Time limit for one request to Elasticsearch, 100 ms or more. Three times this must fit into the
    /// platform's delivery timeout: two requests of an event's own batch, and one of the running batch.
    @WithDefault("8s")
    Duration requestTimeout();

    /// Time between two checks of the indices, 100 ms or more.
    @WithDefault("2s")
    Duration readinessInterval();

    /// One table.
    interface Table {

        /// The table as `schema.table`.
        String table();

        /// Name of the index of its rows. One of rowcast's index templates must match it.
        String index();

        /// Its key columns in key order. Their values are the document's id.
        List<String> key();

        /// Its `json` and `jsonb` columns, which arrive as text and are stored as objects.
        Optional<List<String>> json();
    }
}
