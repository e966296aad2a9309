package dev.rowcast.indexer;

import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.endpoint.readiness.Preconditions;
import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.endpoint.settings.FunctionSettings;
import dev.rowcast.endpoint.settings.SourceSettings;
import dev.rowcast.indexer.bulk.BatchIndexer;
import dev.rowcast.indexer.bulk.SourceHistory;
import dev.rowcast.indexer.document.IndexedTables;
import dev.rowcast.indexer.elasticsearch.ElasticsearchClient;
import dev.rowcast.indexer.event.EventDecoder;
import dev.rowcast.indexer.guard.ConditionalStore;
import dev.rowcast.indexer.indices.Indices;
import dev.rowcast.indexer.indices.PreparedStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.elasticsearch.client.RestClient;

/// Creates the indexer's objects from its settings.
class IndexerBeans {

    private final IndexerSettings settings;
    private final List<String> hosts;

    IndexerBeans(IndexerSettings settings, @ConfigProperty(name = "quarkus.elasticsearch.hosts") List<String> hosts) {
        this.settings = settings;
        this.hosts = hosts;
    }

    /// Starts the readiness checks, so that the indices exist before the first event arrives.
    void onStart(@Observes StartupEvent started, IndexPaths paths, SourceHistory history, Preconditions preconditions) {
        IndexerSettingsRules.hosts(hosts);
        preconditions.watch("indices", settings.readinessInterval(), paths::problem);
        preconditions.warn("table-warnings", settings.readinessInterval(), paths::warning);
        preconditions.watch("history", settings.readinessInterval(), history::problem);
    }

    /// Closes the batches before the client, so that no request is sent through a closed client.
    void onStop(@Observes ShutdownEvent stopping, IndexPaths paths) {
        paths.close();
    }

    @Produces
    @Singleton
    FunctionSettings variables() {
        return FunctionSettings.of(IndexerSettings.class);
    }

    @Produces
    @Singleton
    ElasticsearchClient elasticsearch(RestClient client) {
        return new ElasticsearchClient(client, settings.requestTimeout());
    }

    @Produces
    @Singleton
    SourceHistory history() {
        return new SourceHistory(InstantSource.system());
    }

    @Produces
    @Singleton
    IndexPaths paths(
            ElasticsearchClient elasticsearch,
            SourceHistory history,
            DeliverySettings delivery,
            SourceSettings source) {
        return new IndexPaths(
                IndexerSettingsRules.folder(settings),
                (name, indices) -> lane(name, new Indices(elasticsearch, indices), elasticsearch, history, delivery),
                tables -> decoder(tables, source.epoch()),
                InstantSource.system());
    }

    private Lane lane(
            String name,
            Indices indices,
            ElasticsearchClient elasticsearch,
            SourceHistory history,
            DeliverySettings delivery) {
        PreparedStore store = new PreparedStore(
                ConditionalStore.in(elasticsearch, history), indices::prepare, indices::uuid, InstantSource.system());
        BatchIndexer indexer = new BatchIndexer(
                store, store::preparation, history, settings.bulkSize().asLongValue());
        return new Lane(
                name,
                store,
                new NaturalBatch<>(
                        "index", delivery.maxBatch(), delivery.maxWaiting(), delivery.inFlight(), indexer::index));
    }

    private static EventDecoder decoder(IndexedTables tables, int epoch) {
        return new EventDecoder(
                new ChangeDecoder(epoch, tables.keyColumns(), NeededColumns.ALL.unlessDeleted()), tables.caseKeys());
    }
}
