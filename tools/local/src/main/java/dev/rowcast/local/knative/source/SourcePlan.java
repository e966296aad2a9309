package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.testkit.manifest.eventing.SourceDelivery;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The configuration of one KafkaSource for its dispatcher.
///
/// @param topics        topics to read
/// @param consumerGroup group that commits the offsets
/// @param initialOffset start of a group without offsets: `earliest` or `latest`
/// @param destination   address of the subscriber, for `knativeerrordest`
/// @param retryPolicy   of the posts to the subscriber
/// @param sinkPolicy    of the posts to the dead letter sink; on a cluster both are the one of the manifest
/// @param overrides     CloudEvent extensions added to each event
public record SourcePlan(
        String namespace,
        String name,
        List<String> topics,
        String consumerGroup,
        String initialOffset,
        String destination,
        RetryPolicy retryPolicy,
        RetryPolicy sinkPolicy,
        Map<String, String> overrides) {

    /// The retries of a manifest.
    public static RetryPolicy retries(SourceDelivery delivery) {
        RetryPolicy.BackOff backOff =
                RetryPolicy.BackOff.valueOf(delivery.backOff().toUpperCase(Locale.ROOT));
        return new RetryPolicy(delivery.retries(), backOff, delivery.delay(), delivery.timeout());
    }
}
