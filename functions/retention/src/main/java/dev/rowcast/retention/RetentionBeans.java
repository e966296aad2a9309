package dev.rowcast.retention;

import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.delivery.GuardedBatch;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.endpoint.readiness.PathWatch;
import dev.rowcast.endpoint.readiness.Preconditions;
import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.endpoint.settings.FunctionSettings;
import dev.rowcast.endpoint.settings.SourceSettings;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.postgres.Limits;
import dev.rowcast.retention.cases.CaseStore;
import dev.rowcast.retention.cases.EventNames;
import dev.rowcast.retention.policy.CaseDecision;
import dev.rowcast.retention.policy.CasePolicy;
import dev.rowcast.retention.postgres.CasePathQuery;
import dev.rowcast.retention.postgres.CaseSql;
import dev.rowcast.retention.postgres.CaseTables;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// Creates the objects of the action from its settings.
class RetentionBeans {

    /// The readiness checks of the tables and of the path use one connection each.
    private static final int CHECKS = 2;

    private final ActionSettings settings;

    RetentionBeans(ActionSettings settings) {
        this.settings = settings;
    }

    /// Sizes the pool so that no batch waits for a connection, and starts the readiness checks. The other
    /// parameters are created here so that a wrong setting stops the start.
    void onStart(
            @Observes StartupEvent started,
            AgroalDataSource postgres,
            CaseSql cases,
            EventNames names,
            ChangeDecoder decoder,
            SourceSettings source,
            DeliverySettings delivery,
            Preconditions preconditions) {
        postgres.getConfiguration().connectionPoolConfiguration().setMaxSize(delivery.inFlight() + CHECKS);
        Duration interval = ActionSettingsRules.readinessInterval(settings);
        preconditions.watch("tables", interval, new CaseTables(postgres, cases)::problem);
        PathWatch.start(preconditions, interval, new CasePathQuery(postgres, source.epoch()));
    }

    /// Closes the batch before the pool, so that no transaction runs on a closed pool.
    void onStop(@Observes ShutdownEvent stopping, NaturalBatch<CaseDecision, Outcome> batch) {
        batch.close();
    }

    @Produces
    @Singleton
    FunctionSettings variables() {
        return new FunctionSettings(List.of(ActionSettings.class), FormerVariables.NAMES);
    }

    @Produces
    @Singleton
    Limits limits() {
        return ActionSettingsRules.limits(settings);
    }

    @Produces
    @Singleton
    ChangeDecoder decoder(SourceSettings source, CasePolicy policy) {
        return new ChangeDecoder(source.epoch(), ActionSettingsRules.key(settings), policy.needed());
    }

    @Produces
    @Singleton
    CasePolicy policy() {
        return new CasePolicy(ActionSettingsRules.rule(settings));
    }

    @Produces
    @Singleton
    CaseSql cases() {
        return ActionSettingsRules.cases(settings);
    }

    @Produces
    @Singleton
    EventNames names() {
        return ActionSettingsRules.event(settings);
    }

    @Produces
    @Singleton
    NaturalBatch<CaseDecision, Outcome> batch(CaseStore store, DeliverySettings delivery) {
        GuardedBatch<String, CaseDecision> cases = GuardedBatch.ofOneRequest(
                decision -> decision.key().id(), Comparator.comparing(CaseDecision::position), store::store);
        return new NaturalBatch<>(
                "cases", delivery.maxBatch(), delivery.maxWaiting(), delivery.inFlight(), cases::store);
    }
}
