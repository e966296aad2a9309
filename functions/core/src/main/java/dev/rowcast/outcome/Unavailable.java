package dev.rowcast.outcome;

import java.time.Duration;

/// The change could not be stored now, but may be later.
///
/// @param message what is not available, in one line
/// @param retryAfter how long to wait before the next try
public record Unavailable(String message, Duration retryAfter) implements Outcome {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_AN_OPERATOR = Duration.ofSeconds(10);

    /// A dependency does not respond; the next try can succeed in a second.
    public static Unavailable soon(String message) {
        return new Unavailable(message, SOON);
    }

    /// The setup or the model is at fault; a retry succeeds after an operator has changed it, so retries are rare.
    public static Unavailable untilChanged(String message) {
        return new Unavailable(message, AFTER_AN_OPERATOR);
    }
}
