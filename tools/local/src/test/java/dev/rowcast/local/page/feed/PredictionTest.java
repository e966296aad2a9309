package dev.rowcast.local.page.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictionTest {

    private static final Instant CHANGED = Instant.parse("2026-01-01T00:00:00Z");

    private static Optional<Duration> latency(String operation, long millis) {
        return new Prediction("k", Optional.empty(), operation, CHANGED, CHANGED.plusMillis(millis)).latency();
    }

    @Test
    void latencyIsFromTheChangeToTheStoredPrediction() {
        assertThat(latency("u", 84)).contains(Duration.ofMillis(84));
    }

    @Test
    void snapshotReadHasNoLatency() {
        assertThat(latency("r", 84)).isEmpty();
    }

    @Test
    void negativeLatencyIsOmitted() {
        assertThat(latency("u", -1)).isEmpty();
    }
}
