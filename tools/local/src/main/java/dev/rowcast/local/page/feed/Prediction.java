package dev.rowcast.local.page.feed;

import dev.rowcast.local.knative.serving.FunctionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    public sealed interface Score {

        /// A label.
        ///
        /// @param label the predicted one
        /// @param probability of the positive label for two labels, of the predicted one for more; 0 to 1
        record Label(String label, double probability) implements Score {}

        /// A value.
        ///
        /// @param value the predicted one
        /// @param interval in which the true value is expected; empty if the model gives none
        record Value(double value, Optional<Interval> interval) implements Score {}
    }

    /// The bounds of a value.
    public record Interval(double lower, double upper) {}

    /// Time from the change to the stored prediction; empty for a snapshot read, which is no change, and
    /// when a clock difference makes it negative.
    public Optional<Duration> latency() {
        Duration latency = Duration.between(changedAt, storedAt);
        return operation.equals("r") || latency.isNegative() ? Optional.empty() : Optional.of(latency);
    }

    /// Whether the change was made before a cold start had ended, and its prediction stored after it.
    boolean waitedForOneOf(List<FunctionStatus.ColdStart> starts) {
        return starts.stream()
                .map(FunctionStatus.ColdStart::readyAt)
                .anyMatch(ready -> changedAt.isBefore(ready) && !storedAt.isBefore(ready));
    }
}
