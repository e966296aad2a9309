package dev.rowcast.testkit.manifest.eventing;

import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import dev.rowcast.testkit.manifest.yaml.ManifestException;
import io.fabric8.knative.duck.v1.DeliverySpec;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/// Retries and dead letters of a source, from `spec.delivery`.
///
/// @param retries attempts after the first; 0 when the manifest has no `retry`, as on a cluster
/// @param backOff `linear` or `exponential`, the growth of the wait between attempts
/// @param delay unit of the wait
/// @param timeout of one attempt
/// @param deadLetterSink name of the `KafkaSink` for events that no attempt delivered
public record SourceDelivery(int retries, String backOff, Duration delay, Duration timeout, String deadLetterSink) {

    private static final String PATH = "spec.delivery.";

    static SourceDelivery of(DeliverySpec delivery, ManifestDocument document) {
        if (delivery.getDeadLetterSink() == null) {
            throw new ManifestException(document.file() + ": " + PATH
                    + "deadLetterSink is missing; without it KafkaSource drops what it cannot deliver");
        }
        String policy = delivery.getBackoffPolicy() == null ? "exponential" : delivery.getBackoffPolicy();
        return new SourceDelivery(
                delivery.getRetry() == null ? 0 : document.count(delivery.getRetry(), PATH + "retry"),
                document.oneOf(policy, PATH + "backoffPolicy", "linear", "exponential"),
                duration(delivery.getBackoffDelay(), "backoffDelay", Duration.ofMillis(300), document),
                duration(delivery.getTimeout(), "timeout", Duration.ofMinutes(10), document),
                KafkaSourceManifest.reference(
                        delivery.getDeadLetterSink(), "KafkaSink", PATH + "deadLetterSink", document));
    }

    private static Duration duration(String text, String field, Duration absent, ManifestDocument document) {
        try {
            return text == null ? absent : Duration.parse(text);
        } catch (DateTimeParseException notIso) {
            throw document.wrong(PATH + field, text, "an ISO 8601 duration such as PT0.3S");
        }
    }
}
