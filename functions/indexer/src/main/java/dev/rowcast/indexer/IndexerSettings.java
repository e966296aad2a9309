package dev.rowcast.indexer;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is indexed and how, prefix `rowcast.indexer`. Where Elasticsearch is, and who we are there, are the settings
/// `quarkus.elasticsearch.*`; how many documents go together is `rowcast.delivery.max-batch`.
@ConfigMapping(prefix = "rowcast.indexer")
public interface IndexerSettings {

    /// The tables whose rows are indexed, each under a name of your choice: `rowcast.indexer.tables.tariffs.table`. A
    /// change of any other table is rejected.
    Map<String, Table> tables();

    /// Name of the index that holds retention cases. An index template of ours must cover it.
    @WithDefault("retention_case")
    String casesIndex();

    /// How large one bulk request may become, 1 byte or more. A single larger document goes alone.
    @WithDefault("5M")
    MemorySize bulkSize();

    /// How long Elasticsearch may take for one request, 100 ms or more. Twice this, and once more for the batch that
    /// may
    /// be under way, must fit into the time that the platform gives a delivery.
    @WithDefault("8s")
    Duration requestTimeout();

    /// Time between two looks at whether the indices are there, 100 ms or more.
    @WithDefault("2s")
    Duration readinessInterval();

    /// One table.
    interface Table {

        /// The table as `schema.table`.
        String table();

        /// Name of the index that holds its rows. An index template of ours must cover it.
        String index();

        /// Its key columns in key order; their values are the document's id.
        List<String> key();

        /// Its `json` and `jsonb` columns, which arrive as text and are stored as objects.
        Optional<List<String>> json();
    }
}
