package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import java.util.List;
import java.util.Map;

/// Everything about one KafkaSource that its dispatcher must know.
///
/// @param topics        to read
/// @param consumerGroup whose offsets say where to go on
/// @param initialOffset where a group without offsets begins: `earliest` or `latest`
/// @param destination   address of the subscriber, for `knativeerrordest`
/// @param overrides     extensions added to each event
public record SourcePlan(
        String namespace,
        String name,
        List<String> topics,
        String consumerGroup,
        String initialOffset,
        String destination,
        RetryPolicy retryPolicy,
        Map<String, String> overrides) {}
