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
import dev.rowcast.retention.book.CaseBook;
import dev.rowcast.retention.judge.Judge;
import dev.rowcast.retention.judge.Judgement;
import dev.rowcast.postgres.Limits;
import dev.rowcast.retention.postgres.PathQuestion;
import dev.rowcast.retention.postgres.Tables;
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
            Judge judge,
            ChangeDecoder decoder,
            SourceSettings source,
            DeliverySettings delivery,
            Preconditions preconditions) {
        postgres.getConfiguration().connectionPoolConfiguration().setMaxSize(delivery.inFlight() + CHECKS);
        Tables tables = new Tables(postgres);
        preconditions.watch("tables", RetentionSettingsRules.readinessInterval(settings), tables::problem);
        PathWatch.start(
                preconditions,
                RetentionSettingsRules.readinessInterval(settings),
                new PathQuestion(postgres, source.epoch()));
    }

    /// Nothing is stored any more when the pool goes.
    void onStop(@Observes ShutdownEvent stopping, NaturalBatch<Judgement, Outcome> batch) {
        batch.close();
    }

    @Produces
    @Singleton
    Limits limits() {
        return RetentionSettingsRules.limits(settings);
    }

    @Produces
    @Singleton
    ChangeDecoder decoder(SourceSettings source, Judge judge) {
        return new ChangeDecoder(source.epoch(), RetentionSettingsRules.key(settings), judge.needed());
    }

    @Produces
    @Singleton
    Judge judge() {
        return new Judge(RetentionSettingsRules.rule(settings));
    }

    @Produces
    @Singleton
    NaturalBatch<Judgement, Outcome> batch(CaseBook book, DeliverySettings delivery) {
        GuardedBatch<String, Judgement> cases = GuardedBatch.ofOneRequest(
                Judgement::customer, Comparator.comparing(Judgement::position), book::store);
        return new NaturalBatch<>(
                "cases", delivery.maxBatch(), delivery.maxWaiting(), delivery.inFlight(), cases::store);
    }
}
