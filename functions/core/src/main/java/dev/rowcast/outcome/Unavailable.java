package dev.rowcast.outcome;

import java.time.Duration;

/// The change could not be stored now, but a retry may succeed.
///
/// @param message the cause, in one line of at most [Rejected#MAX_MESSAGE] characters
/// @param retryAfter time to wait before a retry
public record Unavailable(String message, Duration retryAfter) implements Outcome {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_AN_OPERATOR = Duration.ofSeconds(10);

    /// Replaces line breaks and shortens the message: the last answer of an event becomes headers of its dead
    /// letter, and a KafkaSink refuses more than 8 KiB of them.
    public Unavailable {
        message = Rejected.header(message);
    }

    /// A dependency does not respond; a retry can succeed after a second.
    public static Unavailable soon(String message) {
        return new Unavailable(message, SOON);
    }

    /// The setup or the model is faulty; a retry succeeds after an operator has changed it, so
    /// retries are rare.
    public static Unavailable untilChanged(String message) {
        return new Unavailable(message, AFTER_AN_OPERATOR);
    }
}
