package dev.rowcast.endpoint.settings;

import dev.rowcast.change.Position;
import dev.rowcast.delivery.FloodBreaker;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.regex.Pattern;

/// Refuses to start with invalid settings, before any other start-up code runs.
record SettingsCheck(DeliverySettings delivery, SourceSettings source, TraceSettings trace) {

    private static final int FIRST = 1;
    private static final Pattern HTTP = Pattern.compile("https?://[^\\s/?#]+(/[^\\s?#]*)?");

    void onStart(@Observes @Priority(FIRST) StartupEvent started) {
        atLeast(1, delivery.maxBatch(), "rowcast.delivery.max-batch");
        atLeast(0, delivery.maxWaiting(), "rowcast.delivery.max-waiting");
        atLeast(1, delivery.inFlight(), "rowcast.delivery.in-flight");
        StartRefused.unlessWithin(
                0.05, delivery.heapShare(), 0.9, "rowcast.delivery.heap-share", "must be 0.05 to 0.9");
        Duration second = Duration.ofSeconds(1);
        Duration retryAfter = delivery.retryAfter();
        StartRefused.unless(
                retryAfter.compareTo(second) >= 0, "rowcast.delivery.retry-after", retryAfter, "must be 1s or more");
        Duration drain = delivery.drainTimeout();
        StartRefused.unless(!drain.isNegative(), "rowcast.delivery.drain-timeout", drain, "must not be negative");
        if (delivery.floodLimit() != 0) {
            String rule = "must be 0, or 4 to 1000";
            StartRefused.unlessWithin(
                    FloodBreaker.MIN_LIMIT, delivery.floodLimit(), 1_000, "rowcast.delivery.flood-limit", rule);
        }
        Duration most = Duration.ofMinutes(10);
        StartRefused.unlessWithin(
                second, delivery.floodPause(), most, "rowcast.delivery.flood-pause", "must be 1s to 10m");
        String epochs = "must be 0 to " + Position.MAX_EPOCH;
        StartRefused.unlessWithin(0, source.epoch(), Position.MAX_EPOCH, "rowcast.source.epoch", epochs);
        trace.endpoint()
                .ifPresent(address -> StartRefused.unless(
                        HTTP.matcher(address).matches(),
                        "rowcast.trace.endpoint",
                        address,
                        "must be an address such as http://collector:4318/v1/traces"));
    }

    private static void atLeast(int least, int value, String setting) {
        StartRefused.unlessWithin(least, value, Integer.MAX_VALUE, setting, "must be " + least + " or more");
    }
}
