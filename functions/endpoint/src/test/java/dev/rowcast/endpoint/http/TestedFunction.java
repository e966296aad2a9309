package dev.rowcast.endpoint.http;

import dev.rowcast.delivery.ClosedException;
import dev.rowcast.delivery.OverloadedException;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// A function that does what the body of its event says.
public class TestedFunction {

    public static volatile CountDownLatch entered = new CountDownLatch(1);
    public static volatile CompletableFuture<Outcome> held = new CompletableFuture<>();

    @Inject
    EventAnswer answer;

    @Funq
    public Uni<Void> tested(CloudEvent<byte[]> event) {
        String told = new String(EventBody.of(event), StandardCharsets.UTF_8);
        return switch (told.isEmpty() ? "tombstone" : told.substring(0, Math.min(20, told.length()))) {
            case "stored" -> ended(event, new Stored());
            case "tombstone", "\"structured\"" -> ended(event, new Skipped("tombstone"));
            case "rejected" -> ended(event, new Rejected(Reason.FEATURE_MISSING, "column tenure — für Kündiger"));
            case "unavailable" -> ended(event, new Unavailable("Postgres does not answer", Duration.ofSeconds(7)));
            case "overloaded" -> later(event, CompletableFuture.failedFuture(new OverloadedException("full")));
            case "closed" -> later(event, CompletableFuture.failedFuture(new ClosedException("closed")));
            case "late bug" -> later(event, CompletableFuture.failedFuture(new IllegalStateException("late")));
            case "bug" -> throw new IllegalStateException("bug");
            case "held" -> {
                entered.countDown();
                yield later(event, held);
            }
            default -> ended(event, new Rejected(Reason.NOT_JSON, "unknown"));
        };
    }

    private Uni<Void> ended(CloudEvent<byte[]> event, Outcome outcome) {
        return answer.to(event, _ -> Step.end(outcome), _ -> new CompletableFuture<>());
    }

    private Uni<Void> later(CloudEvent<byte[]> event, CompletableFuture<Outcome> outcome) {
        return answer.to(event, _ -> Step.next(outcome), submitted -> submitted);
    }
}
