package dev.rowcast.testkit.manifest;

/// Where events are written to Kafka, from a Knative `KafkaSink`.
///
/// @param name the sink's name
/// @param topic the topic it writes to
public record KafkaSinkManifest(String name, String topic) {

    static KafkaSinkManifest of(Field document) {
        Field spec = document.at("spec")
                .knowing("bootstrapServers", "topic", "contentMode", "auth", "numPartitions", "replicationFactor");
        spec.find("contentMode").ifPresent(mode -> mode.oneOf("binary"));
        return new KafkaSinkManifest(
                document.at("metadata").at("name").text(), spec.at("topic").text());
    }
}
