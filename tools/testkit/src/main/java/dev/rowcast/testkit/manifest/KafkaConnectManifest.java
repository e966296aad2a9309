package dev.rowcast.testkit.manifest;

import java.util.Map;
import java.util.TreeMap;

/// The workers of Kafka Connect, from a Strimzi `KafkaConnect`.
///
/// @param name the cluster's name
/// @param groupId the group that the workers are members of
/// @param configStorageTopic where connectors are remembered
/// @param offsetStorageTopic where is remembered how far each connector has read
/// @param statusStorageTopic where is remembered how each connector is
/// @param config further settings of a worker, in Connect's names
public record KafkaConnectManifest(
        String name,
        String groupId,
        String configStorageTopic,
        String offsetStorageTopic,
        String statusStorageTopic,
        Map<String, String> config) {

    /// Copies the settings.
    public KafkaConnectManifest {
        config = Map.copyOf(config);
    }

    /// {@return all settings of a worker but its addresses, in Connect's names}
    public Map<String, String> workerConfig() {
        Map<String, String> settings = new TreeMap<>(config);
        settings.put("group.id", groupId);
        settings.put("config.storage.topic", configStorageTopic);
        settings.put("offset.storage.topic", offsetStorageTopic);
        settings.put("status.storage.topic", statusStorageTopic);
        return settings;
    }

    static KafkaConnectManifest of(Field document) {
        Field spec = document.at("spec")
                .knowing(
                        "replicas",
                        "bootstrapServers",
                        "groupId",
                        "configStorageTopic",
                        "offsetStorageTopic",
                        "statusStorageTopic",
                        "config",
                        "build",
                        "resources",
                        "template",
                        "version",
                        "image",
                        "jvmOptions",
                        "metricsConfig",
                        "logging",
                        "authentication",
                        "tls",
                        "livenessProbe",
                        "readinessProbe");
        Map<String, String> config = new TreeMap<>();
        spec.orEmpty("config").entries().forEach((setting, value) -> config.put(setting, value.setting()));
        return new KafkaConnectManifest(
                document.at("metadata").at("name").text(),
                spec.at("groupId").text(),
                spec.at("configStorageTopic").text(),
                spec.at("offsetStorageTopic").text(),
                spec.at("statusStorageTopic").text(),
                config);
    }
}
