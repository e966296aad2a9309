package dev.rowcast.endpoint.http;

import dev.rowcast.delivery.ClosedException;
import dev.rowcast.delivery.OverloadedException;
import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/// Converts the outcome of a delivery to the result of a function: nothing for a success,
/// else a [DeliveryFailure].
@Singleton
public class EventAnswer {

    private final DeliverySettings settings;
    private final OutcomeCounts counts;

    EventAnswer(DeliverySettings settings, OutcomeCounts counts) {
        this.settings = settings;
        this.counts = counts;
    }

    /// The answer to an event after the steps before its batch.
    ///
    /// @param step the result of these steps
    /// @param submit submits the value to its batch and returns the future outcome
    public <T> Uni<Void> to(Step<T> step, Function<T, CompletableFuture<Outcome>> submit) {
        return switch (step) {
            case Step.Next<T>(T value) -> whenDone(submit.apply(value));
            case Step.End<T>(Outcome outcome) -> to(outcome);
        };
    }

    /// The answer to an outcome.
    public Uni<Void> to(Outcome outcome) {
        return switch (outcome) {
            case Stored _, Skipped _ -> success(outcome);
            case Rejected rejected -> Uni.createFrom().failure(new DeliveryFailure(rejected));
            case Unavailable unavailable -> Uni.createFrom().failure(new DeliveryFailure(unavailable));
        };
    }

    /// Counts successes; [EventRoute] counts every other answer.
    private Uni<Void> success(Outcome outcome) {
        counts.add(outcome);
        return Uni.createFrom().voidItem();
    }

    /// The answer to the future outcome of a batch. A full or closed batch is unavailable; every other
    /// failure is passed on unchanged.
    public Uni<Void> whenDone(CompletableFuture<? extends Outcome> outcome) {
        return Uni.createFrom()
                .completionStage(() -> outcome.handle(this::outcomeOf))
                .flatMap(this::to);
    }

    private Outcome outcomeOf(Outcome outcome, Throwable failure) {
        return switch (failure) {
            case null -> outcome;
            case OverloadedException full -> new Unavailable(full.getMessage(), settings.retryAfter());
            case ClosedException closed -> new Unavailable(closed.getMessage(), settings.retryAfter());
            default -> throw new CompletionException(failure);
        };
    }
}
