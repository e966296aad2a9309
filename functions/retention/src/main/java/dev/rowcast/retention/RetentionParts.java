package dev.rowcast.retention;

import dev.rowcast.change.ChangeDecoder;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.endpoint.DeliverySettings;
import dev.rowcast.endpoint.Preconditions;
import dev.rowcast.endpoint.SourceSettings;
import dev.rowcast.retention.book.CaseBook;
import dev.rowcast.retention.book.CaseKeeper;
import dev.rowcast.retention.judge.Judge;
import dev.rowcast.retention.judge.Judgement;
import dev.rowcast.retention.postgres.Limits;
import dev.rowcast.retention.postgres.Tables;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Puts the parts of retention together by its settings.
class RetentionParts {

    /// The look at the tables has a connection of its own.
    private static final int LOOK = 1;

    private final RetentionSettings settings;

    RetentionParts(RetentionSettings settings) {
        this.settings = settings;
    }

    /// Gives each batch under way its connection, and asks for the tables as soon as the function starts.
    void onStart(
            @Observes StartupEvent started,
            AgroalDataSource postgres,
            Judge judge,
            ChangeDecoder decoder,
            DeliverySettings delivery,
            Preconditions preconditions) {
        postgres.getConfiguration().connectionPoolConfiguration().setMaxSize(delivery.inFlight() + LOOK);
        Tables tables = new Tables(postgres);
        preconditions.watch("tables", CheckedSettings.readinessInterval(settings), tables::problem);
    }

    /// Nothing is stored any more when the pool goes.
    void onStop(@Observes ShutdownEvent stopping, NaturalBatch<Judgement, Outcome> batch) {
        batch.close();
    }

    @Produces
    @Singleton
    Limits limits() {
        return CheckedSettings.limits(settings);
    }

    @Produces
    @Singleton
    ChangeDecoder decoder(SourceSettings source) {
        return new ChangeDecoder(source.epoch(), CheckedSettings.key(settings));
    }

    @Produces
    @Singleton
    Judge judge() {
        return new Judge(CheckedSettings.rule(settings));
    }

    @Produces
    @Singleton
    NaturalBatch<Judgement, Outcome> batch(CaseBook book, DeliverySettings delivery) {
        return new NaturalBatch<>(
                "cases", delivery.maxBatch(), delivery.maxWaiting(), delivery.inFlight(), new CaseKeeper(book)::keep);
    }
}
