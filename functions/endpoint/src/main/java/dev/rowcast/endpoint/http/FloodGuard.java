package dev.rowcast.endpoint.http;

import dev.rowcast.delivery.FloodBreaker;
import dev.rowcast.endpoint.readiness.Preconditions;
import dev.rowcast.endpoint.settings.DeliverySettings;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Unavailable;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Lets rejected events wait while most are rejected for one reason, see [FloodBreaker]. Readiness says so as
/// precondition `flood`.
///
/// What a person sends again by `kn replay` has no part in it: it says nothing about what comes from the topics, and
/// makes no dead letter.
@Singleton
class FloodGuard {

    /// Marks an event that is sent again by `kn replay`.
    static final String REPLAYED = "ce-rowcastreplay";

    private static final Duration LOOK = Duration.ofSeconds(1);

    /// No change of a row is as short as a tombstone or a JSON `null`, which can be read whatever the setup is.
    private static final int SHORTEST_CHANGE = 5;

    private final DeliverySettings settings;
    private final FloodBreaker breaker;

    FloodGuard(DeliverySettings settings) {
        this.settings = settings;
        this.breaker = new FloodBreaker(settings.floodLimit(), settings.floodPause(), System::nanoTime);
    }

    void onStart(@Observes StartupEvent started, Preconditions preconditions) {
        preconditions.watch("flood", LOOK, breaker::problem);
    }

    /// An event was stored or skipped.
    ///
    /// @param body bytes of its body
    void handled(HttpServerRequest event, int body) {
        if (body >= SHORTEST_CHANGE && !isReplayed(event)) {
            breaker.handled();
        }
    }

    /// What an event is answered that is not taken: its outcome, or that it has to wait.
    Outcome decide(HttpServerRequest event, Outcome outcome) {
        if (!(outcome instanceof Rejected rejected) || isReplayed(event)) {
            return outcome;
        }
        return breaker.rejects(rejected)
                .<Outcome>map(why -> new Unavailable(why, settings.retryAfter()))
                .orElse(rejected);
    }

    private static boolean isReplayed(HttpServerRequest event) {
        return event.getHeader(REPLAYED) != null;
    }
}
