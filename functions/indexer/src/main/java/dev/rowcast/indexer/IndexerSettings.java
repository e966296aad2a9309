package dev.rowcast.indexer;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/// Folder of the tables, index of cases and limits, prefix `rowcast.indexer`. The settings `quarkus.elasticsearch.*`
/// have the
/// address and the login of Elasticsearch; `rowcast.delivery.max-batch` limits the documents of one batch.
@ConfigMapping(prefix = "rowcast.indexer")
public interface IndexerSettings {

    /// The folder with one file for each table whose changes are indexed, see
    /// [TableFile][dev.rowcast.indexer.tables.TableFile].
    @WithDefault("/etc/rowcast/tables")
    Path tablesFolder();

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
}
