package dev.rowcast.retention;

import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.delivery.GuardedBatch;
import dev.rowcast.delivery.NaturalBatch;
import java.util.Comparator;
import dev.rowcast.endpoint.readiness.PathWatch;
import dev.rowcast.endpoint.readiness.Preconditions;
import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.endpoint.settings.SourceSettings;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.retention.cases.CaseStore;
import dev.rowcast.retention.policy.CasePolicy;
import dev.rowcast.retention.policy.CaseDecision;
import dev.rowcast.postgres.Limits;
import dev.rowcast.retention.postgres.CasePathQuery;
import dev.rowcast.retention.postgres.CaseTables;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Puts the parts of retention together by its settings.
class RetentionBeans {

    /// The checks of the tables and of the path have a connection each.
    private static final int CHECKS = 2;

    private final RetentionSettings settings;

    RetentionBeans(RetentionSettings settings) {
        this.settings = settings;
    }

    /// Gives each batch under way its connection, and asks for the tables as soon as the function starts.
    void onStart(
            @Observes StartupEvent started,
            AgroalDataSource postgres,
            CasePolicy policy,
            ChangeDecoder decoder,
            SourceSettings source,
            DeliverySettings delivery,
            Preconditions preconditions) {
        postgres.getConfiguration().connectionPoolConfiguration().setMaxSize(delivery.inFlight() + CHECKS);
        CaseTables tables = new CaseTables(postgres);
        preconditions.watch("tables", RetentionSettingsRules.readinessInterval(settings), tables::problem);
        PathWatch.start(
                preconditions,
                RetentionSettingsRules.readinessInterval(settings),
                new CasePathQuery(postgres, source.epoch()));
    }

    /// Nothing is stored any more when the pool goes.
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
    NaturalBatch<CaseDecision, Outcome> batch(CaseStore book, DeliverySettings delivery) {
        GuardedBatch<String, CaseDecision> cases = GuardedBatch.ofOneRequest(
                CaseDecision::customer, Comparator.comparing(CaseDecision::position), book::store);
        return new NaturalBatch<>(
                "cases", delivery.maxBatch(), delivery.maxWaiting(), delivery.inFlight(), cases::store);
    }
}
