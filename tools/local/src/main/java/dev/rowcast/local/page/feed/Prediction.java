package dev.rowcast.local.page.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A row of the captured table as it was stored.
///
/// @param key the row's key
/// @param score what the model said; empty for a row that was deleted
/// @param operation `c`, `u`, `d` or `r`, of the change it stands for
/// @param changedAt when the source row was changed
/// @param storedAt when the prediction was stored
public record Prediction(String key, Optional<Score> score, String operation, Instant changedAt, Instant storedAt) {

    /// What the model said.
    ///
    /// @param probability 0 to 1
    /// @param label the positive or the negative one
    public record Score(double probability, String label) {}

    /// Time from the change to the stored prediction; empty for a snapshot read, which is no change, and when the
    /// clocks
    /// of the two disagree so much that it would be less than nothing.
    public Optional<Duration> latency() {
        Duration latency = Duration.between(changedAt, storedAt);
        return operation.equals("r") || latency.isNegative() ? Optional.empty() : Optional.of(latency);
    }
}
