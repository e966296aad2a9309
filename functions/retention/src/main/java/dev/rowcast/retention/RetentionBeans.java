package dev.rowcast.retention;

import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.delivery.GuardedBatch;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.endpoint.readiness.PathWatch;
import dev.rowcast.endpoint.readiness.Preconditions;
import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.endpoint.settings.SourceSettings;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.postgres.Limits;
import dev.rowcast.retention.cases.CaseStore;
import dev.rowcast.retention.policy.CaseDecision;
import dev.rowcast.retention.policy.CasePolicy;
import dev.rowcast.retention.postgres.CasePathQuery;
import dev.rowcast.retention.postgres.CaseTables;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;

/// Creates retention's objects from its settings.
class RetentionBeans {

    /// The readiness checks of the tables and of the path use one connection each.
    private static final int CHECKS = 2;

    private final RetentionSettings settings;

    RetentionBeans(RetentionSettings settings) {
        this.settings = settings;
    }

    /// Sizes the pool so that no batch waits for a connection, and starts the readiness checks.
    void onStart(
            @Observes StartupEvent started,
            AgroalDataSource postgres,
            CasePolicy policy,
            ChangeDecoder decoder,
            SourceSettings source,
            DeliverySettings delivery,
            Preconditions preconditions) {
        postgres.getConfiguration().connectionPoolConfiguration().setMaxSize(delivery.inFlight() + CHECKS);
        Duration interval = RetentionSettingsRules.readinessInterval(settings);
        preconditions.watch("tables", interval, new CaseTables(postgres)::problem);
        PathWatch.start(preconditions, interval, new CasePathQuery(postgres, source.epoch()));
    }

    /// Closes the batch before the pool, so that no transaction runs on a closed pool.
    void onStop(@Observes ShutdownEvent stopping, NaturalBatch<CaseDecision, Outcome> batch) {
        batch.close();
    }

    @Produces
    @Singleton
    Limits limits() {
        return RetentionSettingsRules.limits(settings);
    }

    @Produces
    @Singleton
    ChangeDecoder decoder(SourceSettings source, CasePolicy policy) {
        return new ChangeDecoder(source.epoch(), RetentionSettingsRules.key(settings), policy.needed());
    }

    @Produces
    @Singleton
    CasePolicy policy() {
        return new CasePolicy(RetentionSettingsRules.thresholds(settings));
    }

    @Produces
    @Singleton
    NaturalBatch<CaseDecision, Outcome> batch(CaseStore store, DeliverySettings delivery) {
        GuardedBatch<String, CaseDecision> cases = GuardedBatch.ofOneRequest(
                CaseDecision::customer, Comparator.comparing(CaseDecision::position), store::store);
        return new NaturalBatch<>(
                "cases", delivery.maxBatch(), delivery.maxWaiting(), delivery.inFlight(), cases::store);
    }
}
