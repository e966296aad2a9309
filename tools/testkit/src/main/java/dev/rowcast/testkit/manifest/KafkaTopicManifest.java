package dev.rowcast.testkit.manifest;

import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.topic.KafkaTopicSpec;
import java.util.Map;

/// A topic of Kafka, from a Strimzi `KafkaTopic`.
///
/// @param name of the topic in Kafka
/// @param partitions at least 1
/// @param replicas in the manifest; a local run has one broker and so one replica
/// @param config settings of the topic
public record KafkaTopicManifest(String name, int partitions, int replicas, Map<String, String> config) {

    /// Copies the settings.
    public KafkaTopicManifest {
        config = Map.copyOf(config);
    }

    /// {@return the most bytes of one record, `max.message.bytes`; 1 MiB without it, the default of Kafka and of
    /// Knative's KafkaSink}
    public int largestRecord() {
        return Integer.parseInt(config.getOrDefault("max.message.bytes", Integer.toString(1024 * 1024)));
    }

    static KafkaTopicManifest of(ManifestDocument document) {
        KafkaTopicSpec spec = document.required(document.as(KafkaTopic.class).getSpec(), "spec");
        int partitions = document.count(spec.getPartitions(), "spec.partitions");
        if (partitions < 1) {
            throw document.wrong("spec.partitions", partitions, "at least 1");
        }
        return new KafkaTopicManifest(
                spec.getTopicName() == null
                        ? document.metadata("name")
                        : document.required(spec.getTopicName(), "spec.topicName"),
                partitions,
                document.count(spec.getReplicas(), "spec.replicas"),
                document.settings(spec.getConfig(), "spec.config"));
    }
}
