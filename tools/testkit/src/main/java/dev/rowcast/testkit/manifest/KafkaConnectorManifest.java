package dev.rowcast.testkit.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A connector of Kafka Connect, from a Strimzi `KafkaConnector`.
///
/// @param name the connector's name
/// @param connectorClass the Java class
/// @param tasksMax tasks at most
/// @param config its settings without class and tasks, as the manifest spells them, in its order
public record KafkaConnectorManifest(String name, String connectorClass, int tasksMax, Map<String, String> config) {

    /// Copies the settings and keeps their order.
    public KafkaConnectorManifest {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /// The settings as Connect's REST API takes them in `PUT /connectors/<name>/config`.
    ///
    /// @param overrides addresses and credentials, which win; each must be a setting of the manifest
    /// @throws ManifestException when the manifest has no such setting
    public Map<String, String> restConfig(Map<String, String> overrides) {
        Map<String, String> settings = new LinkedHashMap<>(config);
        overrides.forEach((setting, value) -> {
            if (settings.put(setting, value) == null) {
                throw new ManifestException("connector " + name + " has no setting " + setting + " to override");
            }
        });
        settings.put("connector.class", connectorClass);
        settings.put("tasks.max", Integer.toString(tasksMax));
        return settings;
    }

    static KafkaConnectorManifest of(Field document) {
        Field spec = document.at("spec").knowing("class", "tasksMax", "autoRestart", "config", "version", "state");
        Map<String, String> config = new LinkedHashMap<>();
        spec.at("config").entries().forEach((setting, value) -> config.put(setting, value.setting()));
        return new KafkaConnectorManifest(
                document.at("metadata").at("name").text(),
                spec.at("class").text(),
                spec.at("tasksMax").count(),
                config);
    }
}
