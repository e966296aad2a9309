package dev.rowcast.testkit.manifest;

import java.util.Map;
import java.util.TreeMap;

/// A topic of Kafka, from a Strimzi `KafkaTopic`.
///
/// @param name the topic's name in Kafka
/// @param partitions at least 1
/// @param replicas as the manifest says; a local run has one broker and so one replica
/// @param config settings of the topic
public record KafkaTopicManifest(String name, int partitions, int replicas, Map<String, String> config) {

    /// Copies the settings.
    public KafkaTopicManifest {
        config = Map.copyOf(config);
    }

    static KafkaTopicManifest of(Field document) {
        Field spec = document.at("spec").knowing("topicName", "partitions", "replicas", "config");
        String name = spec.find("topicName")
                .orElseGet(() -> document.at("metadata").at("name"))
                .text();
        Field partitions = spec.at("partitions");
        if (partitions.count() < 1) {
            throw partitions.wrong("at least 1");
        }
        Map<String, String> config = new TreeMap<>();
        spec.orEmpty("config").entries().forEach((setting, value) -> config.put(setting, value.setting()));
        return new KafkaTopicManifest(
                name, partitions.count(), spec.at("replicas").count(), config);
    }
}
