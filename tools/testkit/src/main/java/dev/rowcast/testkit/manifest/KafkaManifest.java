package dev.rowcast.testkit.manifest;

import java.util.Map;
import java.util.TreeMap;

/// The brokers, from a Strimzi `Kafka`.
///
/// @param name the cluster's name
/// @param config settings of a broker, in Kafka's names
public record KafkaManifest(String name, Map<String, String> config) {

    /// Copies the settings.
    public KafkaManifest {
        config = Map.copyOf(config);
    }

    static KafkaManifest of(Field document) {
        Map<String, String> config = new TreeMap<>();
        document.at("spec")
                .at("kafka")
                .orEmpty("config")
                .entries()
                .forEach((setting, value) -> config.put(setting, value.setting()));
        return new KafkaManifest(document.at("metadata").at("name").text(), config);
    }
}
