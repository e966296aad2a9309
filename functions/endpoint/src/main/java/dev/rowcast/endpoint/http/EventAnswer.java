package dev.rowcast.endpoint.http;

import dev.rowcast.delivery.ClosedException;
import dev.rowcast.delivery.OverloadedException;
import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.endpoint.trace.Deliveries;
import dev.rowcast.endpoint.trace.Delivery;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/// Converts the outcome of a delivery to the result of a function: nothing for a success,
/// else a [DeliveryFailure].
@Singleton
public class EventAnswer {

    private final Deliveries deliveries;
    private final DeliverySettings settings;
    private final OutcomeCounts counts;

    EventAnswer(Deliveries deliveries, DeliverySettings settings, OutcomeCounts counts) {
        this.deliveries = deliveries;
        this.settings = settings;
        this.counts = counts;
    }

    /// The answer to an event.
    ///
    /// @param decode the steps before its batch; they tell the delivery what change the event has
    /// @param submit submits their result to its batch and returns the future outcome
    public <T> Uni<Void> to(
            CloudEvent<byte[]> event,
            Function<Delivery, Step<T>> decode,
            Function<T, CompletableFuture<Outcome>> submit) {
        Delivery delivery = deliveries.begin(event);
        try {
            return switch (delivery.decode(() -> orUnreadable(decode, delivery))) {
                case Step.Next<T>(T value) -> whenDone(delivery, delivery.within(() -> submit.apply(value)));
                case Step.End<T>(Outcome outcome) -> {
                    delivery.ended(outcome);
                    yield to(outcome);
                }
            };
        } catch (RuntimeException fault) {
            delivery.failed(fault);
            throw fault;
        }
    }

    private static <T> Step<T> orUnreadable(Function<Delivery, Step<T>> decode, Delivery delivery) {
        try {
            return decode.apply(delivery);
        } catch (DeliveryFailure unreadable) {
            return Step.end(unreadable.outcome());
        }
    }

    /// The answer to the future outcome of a batch. A full or closed batch is unavailable; every other
    /// failure is passed on unchanged.
    private Uni<Void> whenDone(Delivery delivery, CompletableFuture<Outcome> outcome) {
        return Uni.createFrom()
                .completionStage(() -> outcome.handle(this::outcomeOf))
                .onItem()
                .invoke(delivery::ended)
                .onFailure()
                .invoke(delivery::failed)
                .flatMap(this::to);
    }

    private Uni<Void> to(Outcome outcome) {
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

    private Outcome outcomeOf(Outcome outcome, Throwable failure) {
        return switch (failure) {
            case null -> outcome;
            case OverloadedException full -> new Unavailable(full.getMessage(), settings.retryAfter());
            case ClosedException closed -> new Unavailable(closed.getMessage(), settings.retryAfter());
            default -> throw new CompletionException(failure);
        };
    }
}
