package dev.rowcast.predictor;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.drift.Bins;
import dev.rowcast.drift.LiveCounts;
import dev.rowcast.endpoint.readiness.PathWatch;
import dev.rowcast.endpoint.readiness.Preconditions;
import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.endpoint.settings.FunctionSettings;
import dev.rowcast.endpoint.settings.SourceSettings;
import dev.rowcast.model.FeatureReader;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.postgres.Limits;
import dev.rowcast.predictor.drift.CountingStore;
import dev.rowcast.predictor.drift.DriftRecorder;
import dev.rowcast.predictor.drift.DriftSettings;
import dev.rowcast.predictor.postgres.PostgresClient;
import dev.rowcast.predictor.score.Scorable;
import dev.rowcast.predictor.score.Scoring;
import dev.rowcast.predictor.store.BatchPredictor;
import dev.rowcast.predictor.store.GuardedStore;
import dev.rowcast.predictor.store.PredictionStore;
import dev.rowcast.predictor.store.StoredColumns;
import dev.rowcast.predictor.tables.LiveTables;
import dev.rowcast.predictor.tables.SourcePathQuery;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Creates the predictor's objects from its settings.
class PredictorBeans {

    private final PredictorSettings settings;

    PredictorBeans(PredictorSettings settings) {
        this.settings = settings;
    }

    /// Starts the readiness checks and the recording of drift. The model is loaded first, because the
    /// tables are compared with its contract.
    void onStart(
            @Observes StartupEvent started,
            LiveTables tables,
            SourcePathQuery path,
            Preconditions preconditions,
            DriftRecorder drift,
            Scoring scoring) {
        Duration interval = PredictorSettingsRules.readinessInterval(settings);
        preconditions.watch("contract", interval, () -> tables.check().problem());
        preconditions.watch("model", interval, scoring::problem);
        PathWatch.start(preconditions, interval, path);
        drift.start();
    }

    /// Closes the batch before the scorer, so that no batch runs on a closed scorer.
    void onStop(
            @Observes ShutdownEvent stopping,
            NaturalBatch<Scorable, Outcome> batch,
            OnnxScorer scorer,
            DriftRecorder drift) {
        batch.close();
        scorer.close();
        drift.close();
    }

    @Produces
    @Singleton
    FunctionSettings variables() {
        return FunctionSettings.of(ModelSettings.class, PredictorSettings.class, DriftSettings.class);
    }

    @Produces
    @Singleton
    OnnxScorer scorer(ModelSettings model) {
        return PredictorSettingsRules.scorer(model);
    }

    @Produces
    @Singleton
    Scoring scoring(OnnxScorer scorer) {
        return new Scoring(scorer);
    }

    @Produces
    @Singleton
    Limits limits() {
        return PredictorSettingsRules.limits(settings);
    }

    @Produces
    @Singleton
    ChangeDecoder decoder(OnnxScorer scorer, SourceSettings source) {
        ModelContract.Source table = scorer.contract().source();
        return new ChangeDecoder(
                source.epoch(),
                KeyColumns.of(table.schema(), table.table(), table.key()),
                NeededColumns.of(StoredColumns.of(scorer.contract())));
    }

    @Produces
    @Singleton
    FeatureReader features(OnnxScorer scorer) {
        return new FeatureReader(scorer.contract());
    }

    @Produces
    @Singleton
    PostgresClient postgres(Pool pool, Limits limits) {
        return new PostgresClient(pool, limits);
    }

    @Produces
    @Singleton
    LiveTables tables(PostgresClient postgres, OnnxScorer scorer) {
        return new LiveTables(postgres, scorer.contract());
    }

    @Produces
    @Singleton
    SourcePathQuery path(PostgresClient postgres, SourceSettings source, OnnxScorer scorer) {
        return new SourcePathQuery(postgres, source.epoch(), scorer.contract().source());
    }

    @Produces
    @Singleton
    LiveCounts counts(OnnxScorer scorer) {
        return new LiveCounts(Bins.of(scorer.contract()));
    }

    @Produces
    @Singleton
    DriftRecorder drift(
            OnnxScorer scorer, LiveCounts counts, PostgresClient postgres, DriftSettings drift, MeterRegistry metrics) {
        return DriftRecorder.of(scorer.contract(), counts, postgres, PredictorSettingsRules.drift(drift), metrics);
    }

    @Produces
    @Singleton
    NaturalBatch<Scorable, Outcome> batch(
            OnnxScorer scorer,
            Scoring scoring,
            LiveTables tables,
            PostgresClient postgres,
            DeliverySettings delivery,
            LiveCounts counts) {
        PredictionStore store = new GuardedStore(tables, postgres, scorer.contract());
        BatchPredictor predictor = new BatchPredictor(scoring, new CountingStore(store, counts));
        return new NaturalBatch<>(
                "score", delivery.maxBatch(), delivery.maxWaiting(), delivery.inFlight(), predictor::predict);
    }
}
