package dev.rowcast.indexer;

import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.endpoint.readiness.Preconditions;
import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.endpoint.settings.SourceSettings;
import dev.rowcast.indexer.bulk.BatchIndexer;
import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.bulk.SourceHistory;
import dev.rowcast.indexer.document.Documents;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.document.IndexedTables;
import dev.rowcast.indexer.elasticsearch.ElasticsearchClient;
import dev.rowcast.indexer.event.EventDecoder;
import dev.rowcast.indexer.guard.ConditionalStore;
import dev.rowcast.indexer.indices.Indices;
import dev.rowcast.indexer.indices.PreparedStore;
import dev.rowcast.outcome.Outcome;
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
    void onStart(
            @Observes StartupEvent started, PreparedStore store, SourceHistory history, Preconditions preconditions) {
        IndexerSettingsRules.hosts(hosts);
        preconditions.watch(
                "indices", settings.readinessInterval(), () -> store.problem().map(DocumentVerdict::reason));
        preconditions.watch("history", settings.readinessInterval(), history::problem);
    }

    /// Closes the batch before the client, so that no request is sent through a closed client.
    void onStop(@Observes ShutdownEvent stopping, NaturalBatch<Draft, Outcome> batch) {
        batch.close();
    }

    @Produces
    @Singleton
    IndexedTables tables() {
        return IndexerSettingsRules.tables(settings);
    }

    @Produces
    @Singleton
    EventDecoder decoder(IndexedTables tables, SourceSettings source) {
        return new EventDecoder(
                new ChangeDecoder(source.epoch(), tables.keyColumns(), NeededColumns.ALL.unlessDeleted()));
    }

    @Produces
    @Singleton
    Documents documents(IndexedTables tables) {
        return new Documents(tables, InstantSource.system());
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
    PreparedStore store(ElasticsearchClient elasticsearch, IndexedTables tables, SourceHistory history) {
        Indices indices = new Indices(elasticsearch, tables.indices());
        return new PreparedStore(
                ConditionalStore.in(elasticsearch, history), indices::prepare, indices::uuid, InstantSource.system());
    }

    @Produces
    @Singleton
    NaturalBatch<Draft, Outcome> batch(PreparedStore store, SourceHistory history, DeliverySettings delivery) {
        BatchIndexer indexer = new BatchIndexer(
                store, store::preparation, history, settings.bulkSize().asLongValue());
        return new NaturalBatch<>(
                "index", delivery.maxBatch(), delivery.maxWaiting(), delivery.inFlight(), indexer::index);
    }
}
