package dev.rowcast.local.page.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A stored row of the captured table.
///
/// @param key the row's key
/// @param score result of the model; empty for a deleted row
/// @param operation operation of the change: `c`, `u`, `d` or `r`
/// @param changedAt when the source row was changed
/// @param storedAt when the prediction was stored
public record Prediction(String key, Optional<Score> score, String operation, Instant changedAt, Instant storedAt) {

    /// The result of the model.
    ///
    /// @param probability 0 to 1
    /// @param label the positive or the negative one
    public record Score(double probability, String label) {}

    /// Time from the change to the stored prediction; empty for a snapshot read, which is no change, and
    /// when a clock difference makes it negative.
    public Optional<Duration> latency() {
        Duration latency = Duration.between(changedAt, storedAt);
        return operation.equals("r") || latency.isNegative() ? Optional.empty() : Optional.of(latency);
    }
}
