package dev.rowcast.endpoint.readiness;

import dev.rowcast.endpoint.memory.EventsInFlight;
import dev.rowcast.endpoint.settings.DeliverySettings;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/// On SIGTERM: refuses new events, waits until events in progress are answered, then lets the function end.
/// Runs before any bean is destroyed, so stores and batches still work.
record GracefulStop(EventsInFlight events, DeliverySettings settings) {

    private static final Logger LOG = Logger.getLogger(GracefulStop.class);

    void onStop(@Observes ShutdownDelayInitiatedEvent stopping) throws InterruptedException {
        events.close();
        int unanswered = events.awaitNone(settings.drainTimeout());
        if (unanswered > 0) {
            LOG.errorf(
                    "Stopping with %d events unanswered after %s; the sender will retry them",
                    unanswered, settings.drainTimeout());
        }
    }
}
