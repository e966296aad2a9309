package dev.rowcast.testkit.manifest;

import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import io.strimzi.api.kafka.model.connect.KafkaConnect;
import io.strimzi.api.kafka.model.connect.KafkaConnectSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The workers of Kafka Connect, from a Strimzi `KafkaConnect`.
///
/// @param name of the cluster
/// @param workerConfig all settings of a worker except its addresses, in Connect's names
public record KafkaConnectManifest(String name, Map<String, String> workerConfig) {

    /// Copies the settings.
    public KafkaConnectManifest {
        workerConfig = Map.copyOf(workerConfig);
    }

    /// The topics in which the workers store settings, positions and status of the connectors.
    List<String> topics() {
        return Stream.of("config", "offset", "status")
                .map(what -> workerConfig.get(what + ".storage.topic"))
                .toList();
    }

    static KafkaConnectManifest of(ManifestDocument document) {
        KafkaConnectSpec spec =
                document.required(document.as(KafkaConnect.class).getSpec(), "spec");
        Map<String, String> settings = new TreeMap<>(document.settings(spec.getConfig(), "spec.config"));
        settings.put("group.id", document.required(spec.getGroupId(), "spec.groupId"));
        settings.put(
                "config.storage.topic", document.required(spec.getConfigStorageTopic(), "spec.configStorageTopic"));
        settings.put(
                "offset.storage.topic", document.required(spec.getOffsetStorageTopic(), "spec.offsetStorageTopic"));
        settings.put(
                "status.storage.topic", document.required(spec.getStatusStorageTopic(), "spec.statusStorageTopic"));
        return new KafkaConnectManifest(document.metadata("name"), settings);
    }
}
