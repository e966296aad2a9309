package dev.rowcast.testkit.manifest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A source that posts the records of topics to a function, from a Knative `KafkaSource`.
///
/// @param namespace where it stands; part of the events' `ce-source`
/// @param name its name
/// @param topics to read
/// @param consumerGroup whose committed offsets say where to go on
/// @param initialOffset `earliest` or `latest`, where a group without offsets begins
/// @param ordering `ordered` or `unordered`
/// @param consumers instances that share the partitions
/// @param delivery retries and dead letters
/// @param service name of the Knative `Service` that gets the events
/// @param extensions attributes added to each event (`ceOverrides`)
public record KafkaSourceManifest(
        String namespace,
        String name,
        List<String> topics,
        String consumerGroup,
        String initialOffset,
        String ordering,
        int consumers,
        Delivery delivery,
        String service,
        Map<String, String> extensions) {

    /// Copies the collections.
    public KafkaSourceManifest {
        topics = List.copyOf(topics);
        extensions = Map.copyOf(extensions);
    }

    static KafkaSourceManifest of(Field document) {
        Field spec = document.at("spec")
                .knowing(
                        "bootstrapServers",
                        "topics",
                        "consumerGroup",
                        "consumers",
                        "initialOffset",
                        "ordering",
                        "delivery",
                        "sink",
                        "ceOverrides",
                        "net");
        List<String> topics =
                spec.at("topics").items().stream().map(Field::text).toList();
        if (topics.isEmpty()) {
            throw spec.at("topics").wrong("at least one topic");
        }
        Map<String, String> extensions = new TreeMap<>();
        spec.orEmpty("ceOverrides")
                .knowing("extensions")
                .orEmpty("extensions")
                .entries()
                .forEach((attribute, value) -> extensions.put(attribute, value.text()));
        Field metadata = document.at("metadata");
        return new KafkaSourceManifest(
                metadata.at("namespace").text(),
                metadata.at("name").text(),
                topics,
                spec.at("consumerGroup").text(),
                spec.at("initialOffset").oneOf("earliest", "latest"),
                spec.at("ordering").oneOf("ordered", "unordered"),
                spec.find("consumers").map(Field::count).orElse(1),
                Delivery.of(spec.at("delivery")),
                Reference.to(spec.at("sink"), "Service"),
                extensions);
    }
}
