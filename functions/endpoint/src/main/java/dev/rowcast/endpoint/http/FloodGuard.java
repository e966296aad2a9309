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

/// Makes rejected events wait while most events are rejected for one reason, see [FloodBreaker]. Readiness
/// shows this as precondition `flood`.
///
/// Events that an operator sends with `kn replay` are not counted: they do not show what the topics
/// contain, and never become dead letters.
@Singleton
class FloodGuard {

    /// Marks an event that `kn replay` sends.
    static final String REPLAYED = "ce-rowcastreplay";

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    /// Every change of a row is longer than a tombstone or a JSON `null`, which are readable
    /// with any setup.
    private static final int MIN_CHANGE_BYTES = 5;

    private final DeliverySettings settings;
    private final FloodBreaker breaker;

    FloodGuard(DeliverySettings settings) {
        this.settings = settings;
        this.breaker = new FloodBreaker(settings.floodLimit(), settings.floodPause(), System::nanoTime);
    }

    void onStart(@Observes StartupEvent started, Preconditions preconditions) {
        preconditions.watch("flood", CHECK_INTERVAL, breaker::problem);
    }

    /// Counts an event that was stored or skipped.
    ///
    /// @param body size of its body in bytes
    void onSuccess(HttpServerRequest event, int body) {
        if (body >= MIN_CHANGE_BYTES && !isReplayed(event)) {
            breaker.onSuccess();
        }
    }

    /// Returns `outcome`, or [Unavailable] instead of a rejection during a flood.
    Outcome decide(HttpServerRequest event, Outcome outcome) {
        if (!(outcome instanceof Rejected rejected) || isReplayed(event)) {
            return outcome;
        }
        return breaker.onRejection(rejected)
                .<Outcome>map(why -> new Unavailable(why, settings.retryAfter()))
                .orElse(rejected);
    }

    private static boolean isReplayed(HttpServerRequest event) {
        return event.getHeader(REPLAYED) != null;
    }
}
