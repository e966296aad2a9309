package dev.rowcast.testkit.manifest;

import java.time.Duration;

/// How a source delivers, from `spec.delivery`.
///
/// @param retries tries after the first; 0 when the manifest names none, as on a cluster
/// @param backOff how the wait grows
/// @param delay unit of the wait
/// @param timeout of one try
/// @param deadLetterSink name of the `KafkaSink` that takes what no try delivered
public record Delivery(int retries, BackOff backOff, Duration delay, Duration timeout, String deadLetterSink) {

    /// How the wait grows with each try.
    public enum BackOff {
        /// The delay times the number of the retry.
        LINEAR,
        /// The delay times 2 to the power of the number of the retry, so that the first wait is twice the delay.
        EXPONENTIAL
    }

    static Delivery of(Field delivery) {
        delivery.knowing("retry", "backoffPolicy", "backoffDelay", "timeout", "deadLetterSink", "retryAfterMax");
        Field sink = delivery.find("deadLetterSink")
                .orElseThrow(() -> new ManifestException(delivery.file() + ": " + delivery.path()
                        + ".deadLetterSink is missing; without it KafkaSource drops what it cannot deliver"));
        return new Delivery(
                delivery.find("retry").map(Field::count).orElse(0),
                delivery.find("backoffPolicy")
                        .map(policy -> policy.oneOf("linear", "exponential"))
                        .map(policy -> policy.equals("linear") ? BackOff.LINEAR : BackOff.EXPONENTIAL)
                        .orElse(BackOff.EXPONENTIAL),
                delivery.find("backoffDelay").map(Field::isoDuration).orElse(Duration.ofMillis(300)),
                delivery.find("timeout").map(Field::isoDuration).orElse(Duration.ofMinutes(10)),
                Reference.to(sink, "KafkaSink"));
    }
}
