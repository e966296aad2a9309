package dev.rowcast.endpoint.http;

import dev.rowcast.delivery.ClosedException;
import dev.rowcast.delivery.OverloadedException;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
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
            case "stored" -> answer.to(new Stored());
            case "tombstone", "\"structured\"" -> answer.to(new Skipped("tombstone"));
            case "rejected" -> answer.to(new Rejected(Reason.FEATURE_MISSING, "column tenure — für Kündiger"));
            case "unavailable" -> answer.to(new Unavailable("Postgres does not answer", Duration.ofSeconds(7)));
            case "overloaded" -> answer.whenDone(CompletableFuture.failedFuture(new OverloadedException("full")));
            case "closed" -> answer.whenDone(CompletableFuture.failedFuture(new ClosedException("closed")));
            case "late bug" -> answer.whenDone(CompletableFuture.failedFuture(new IllegalStateException("late")));
            case "bug" -> throw new IllegalStateException("bug");
            case "held" -> {
                entered.countDown();
                yield answer.whenDone(held);
            }
            default -> answer.to(new Rejected(Reason.NOT_JSON, "unknown"));
        };
    }
}
