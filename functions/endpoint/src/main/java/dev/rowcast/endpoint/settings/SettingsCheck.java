package dev.rowcast.endpoint.settings;

import dev.rowcast.change.Position;
import dev.rowcast.delivery.FloodBreaker;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/// Refuses to start with invalid settings, before any other start-up code runs.
class SettingsCheck {

    private static final int FIRST = 1;

    private final DeliverySettings delivery;
    private final SourceSettings source;

    SettingsCheck(DeliverySettings delivery, SourceSettings source) {
        this.delivery = delivery;
        this.source = source;
    }

    void onStart(@Observes @Priority(FIRST) StartupEvent started) {
        atLeast(1, delivery.maxBatch(), "rowcast.delivery.max-batch");
        atLeast(0, delivery.maxWaiting(), "rowcast.delivery.max-waiting");
        atLeast(1, delivery.inFlight(), "rowcast.delivery.in-flight");
        StartRefused.unless(
                delivery.heapShare() >= 0.05 && delivery.heapShare() <= 0.9,
                "rowcast.delivery.heap-share",
                delivery.heapShare(),
                "must be 0.05 to 0.9");
        StartRefused.unless(
                delivery.retryAfter().compareTo(Duration.ofSeconds(1)) >= 0,
                "rowcast.delivery.retry-after",
                delivery.retryAfter(),
                "must be 1s or more");
        StartRefused.unless(
                !delivery.drainTimeout().isNegative(),
                "rowcast.delivery.drain-timeout",
                delivery.drainTimeout(),
                "must not be negative");
        StartRefused.unless(
                delivery.floodLimit() == 0
                        || (delivery.floodLimit() >= FloodBreaker.MIN_LIMIT && delivery.floodLimit() <= 1_000),
                "rowcast.delivery.flood-limit",
                delivery.floodLimit(),
                "must be 0, or 4 to 1000");
        StartRefused.unless(
                delivery.floodPause().compareTo(Duration.ofSeconds(1)) >= 0
                        && delivery.floodPause().compareTo(Duration.ofMinutes(10)) <= 0,
                "rowcast.delivery.flood-pause",
                delivery.floodPause(),
                "must be 1s to 10m");
        StartRefused.unless(
                source.epoch() >= 0 && source.epoch() <= Position.MAX_EPOCH,
                "rowcast.source.epoch",
                source.epoch(),
                "must be 0 to " + Position.MAX_EPOCH);
    }

    private static void atLeast(int least, int value, String setting) {
        StartRefused.unless(value >= least, setting, value, "must be " + least + " or more");
    }
}
