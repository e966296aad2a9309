package dev.rowcast.testkit.manifest;

import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import dev.rowcast.testkit.manifest.yaml.ManifestException;
import io.strimzi.api.kafka.model.connector.KafkaConnector;
import io.strimzi.api.kafka.model.connector.KafkaConnectorSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A connector of Kafka Connect, from a Strimzi `KafkaConnector`.
///
/// @param name of the connector
/// @param connectorClass its Java class
/// @param tasksMax largest number of tasks
/// @param config settings of the manifest in their order, without class and tasks
public record KafkaConnectorManifest(String name, String connectorClass, int tasksMax, Map<String, String> config) {

    private static final String CERTIFICATE = "producer.override.ssl.";

    /// Copies the settings and keeps their order.
    public KafkaConnectorManifest {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /// {@return the body of `PUT /connectors/<name>/config` of Connect's REST API, without the certificate of the
    /// connector's Kafka user: a local broker has no TLS}
    ///
    /// @param overrides addresses and credentials that replace settings of the manifest
    /// @throws ManifestException when the manifest does not have a setting to override
    public Map<String, String> restConfig(Map<String, String> overrides) {
        Map<String, String> settings = new LinkedHashMap<>(config);
        overrides.forEach((setting, value) -> {
            if (settings.put(setting, value) == null) {
                throw new ManifestException("connector " + name + " has no setting " + setting + " to override");
            }
        });
        settings.keySet().removeIf(setting -> setting.startsWith(CERTIFICATE));
        settings.put("connector.class", connectorClass);
        settings.put("tasks.max", Integer.toString(tasksMax));
        return settings;
    }

    static KafkaConnectorManifest of(ManifestDocument document) {
        KafkaConnectorSpec spec =
                document.required(document.as(KafkaConnector.class).getSpec(), "spec");
        return new KafkaConnectorManifest(
                document.metadata("name"),
                document.required(spec.getClassName(), "spec.class"),
                document.count(spec.getTasksMax(), "spec.tasksMax"),
                document.settings(spec.getConfig(), "spec.config"));
    }
}
