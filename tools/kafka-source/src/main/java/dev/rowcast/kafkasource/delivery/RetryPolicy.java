package dev.rowcast.kafkasource.delivery;

import java.time.Duration;

/// When and how often a delivery is tried again, as `spec.delivery` of a KafkaSource says it.
///
/// @param retries tries after the first one
/// @param backOff how the wait grows
/// @param delay   unit of the wait
/// @param timeout of one try
public record RetryPolicy(int retries, BackOff backOff, Duration delay, Duration timeout) {

    /// How the wait grows with each retry.
    public enum BackOff {
        /// delay × n
        LINEAR,
        /// delay × 2^n, so that the first wait is twice the delay
        EXPONENTIAL
    }

    /// What a KafkaSource without `spec.delivery` does: ten retries over 614 seconds.
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(10, BackOff.EXPONENTIAL, Duration.ofMillis(300), Duration.ofMinutes(10));

    /// Whether an answer with this status is worth another try; any other failure goes to the dead letters at once.
    public static boolean isRetryable(int status) {
        return status >= 500 || status == 404 || status == 408 || status == 409 || status == 429;
    }

    /// Whether this status ends the delivery well.
    public static boolean isSuccess(int status) {
        return status < 300;
    }

    /// The wait before a retry.
    ///
    /// @param retry from 1
    public Duration waitBefore(int retry) {
        return switch (backOff) {
            case LINEAR -> delay.multipliedBy(retry);
            case EXPONENTIAL -> delay.multipliedBy(1L << Math.min(retry, 32));
        };
    }
}
