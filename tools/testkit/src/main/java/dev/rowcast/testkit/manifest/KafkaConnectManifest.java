package dev.rowcast.testkit.manifest;

import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import io.strimzi.api.kafka.model.connect.KafkaConnect;
import io.strimzi.api.kafka.model.connect.KafkaConnectSpec;
import java.util.Map;
import java.util.TreeMap;

/// The workers of Kafka Connect, from a Strimzi `KafkaConnect`.
///
/// @param name of the cluster
/// @param groupId group of the workers
/// @param configStorageTopic topic of the connectors' settings
/// @param offsetStorageTopic topic of the positions up to which each connector has read
/// @param statusStorageTopic topic of the connectors' status
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

    /// {@return all settings of a worker except its addresses, in Connect's names}
    public Map<String, String> workerConfig() {
        Map<String, String> settings = new TreeMap<>(config);
        settings.put("group.id", groupId);
        settings.put("config.storage.topic", configStorageTopic);
        settings.put("offset.storage.topic", offsetStorageTopic);
        settings.put("status.storage.topic", statusStorageTopic);
        return settings;
    }

    static KafkaConnectManifest of(ManifestDocument document) {
        KafkaConnectSpec spec =
                document.required(document.as(KafkaConnect.class).getSpec(), "spec");
        return new KafkaConnectManifest(
                document.metadata("name"),
                document.required(spec.getGroupId(), "spec.groupId"),
                document.required(spec.getConfigStorageTopic(), "spec.configStorageTopic"),
                document.required(spec.getOffsetStorageTopic(), "spec.offsetStorageTopic"),
                document.required(spec.getStatusStorageTopic(), "spec.statusStorageTopic"),
                document.settings(spec.getConfig(), "spec.config"));
    }
}
