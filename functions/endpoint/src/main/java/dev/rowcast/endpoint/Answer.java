package dev.rowcast.endpoint;

import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;
import dev.rowcast.delivery.ClosedException;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.delivery.OverloadedException;
import dev.rowcast.delivery.Stored;
import dev.rowcast.delivery.Unavailable;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Turns the outcome of a delivery into what a function returns: nothing for a success, else a [DeliveryFailure].
@Singleton
public class Answer {

    private final DeliverySettings settings;
    private final OutcomeCounts counts;

    Answer(DeliverySettings settings, OutcomeCounts counts) {
        this.settings = settings;
        this.counts = counts;
    }

    /// The answer to an outcome that is there.
    public Uni<Void> to(Outcome outcome) {
        return switch (outcome) {
            case Stored stored -> taken(stored);
            case Skipped skipped -> taken(skipped);
            case Rejected rejected -> Uni.createFrom().failure(new DeliveryFailure(rejected));
            case Unavailable unavailable -> Uni.createFrom().failure(new DeliveryFailure(unavailable));
        };
    }

    /// What is not taken is counted where it is answered, with what never came as far as here.
    private Uni<Void> taken(Outcome outcome) {
        counts.add(outcome);
        return Uni.createFrom().voidItem();
    }

    /// The answer to an outcome that a batch will give. A batch that is full or closed is unavailable; every other
    /// failure
    /// stays what it is.
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
