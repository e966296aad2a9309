package dev.rowcast.kafkasource.delivery;

import java.time.Duration;

/// When and how often a delivery is tried again: `spec.delivery` of a KafkaSource.
///
/// @param retries tries after the first one
/// @param backOff growth of the wait
/// @param delay unit of the wait
/// @param timeout of one try
public record RetryPolicy(int retries, BackOff backOff, Duration delay, Duration timeout) {

    /// The growth of the wait with each retry.
    public enum BackOff {
        /// delay × n
        LINEAR,
        /// delay × 2^n, so that the first wait is twice the delay
        EXPONENTIAL
    }

    /// The policy of a KafkaSource without `spec.delivery`: ten retries over 614 seconds.
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(10, BackOff.EXPONENTIAL, Duration.ofMillis(300), Duration.ofMinutes(10));

    /// {@return whether a response with this status is tried again}; any other failure becomes a dead
    /// letter at once.
    public static boolean isRetryable(int status) {
        return status >= 500 || status == 404 || status == 408 || status == 409 || status == 429;
    }

    /// {@return whether this status means that the event was accepted}
    public static boolean isSuccess(int status) {
        return status < 300;
    }

    /// {@return the wait before a retry}
    ///
    /// @param retry from 1
    public Duration waitBefore(int retry) {
        return switch (backOff) {
            case LINEAR -> delay.multipliedBy(retry);
            case EXPONENTIAL -> delay.multipliedBy(1L << Math.min(retry, 32));
        };
    }
}
