package dev.rowcast.endpoint.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/// Measures the time from the arrival of an event to its answer, whatever the answer: metric
/// `rowcast_delivery_seconds`, a histogram.
@Singleton
class DeliveryTimes {

    private static final Duration[] BOUNDS = LongStream.of(2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Timer times;

    DeliveryTimes(MeterRegistry registry) {
        this.times =
                Timer.builder("rowcast.delivery").serviceLevelObjectives(BOUNDS).register(registry);
    }

    /// Adds a delivery that ends now.
    ///
    /// @param arrived [System#nanoTime] of its arrival
    void add(long arrived) {
        times.record(System.nanoTime() - arrived, TimeUnit.NANOSECONDS);
    }
}
