package dev.rowcast.testkit.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the checkout's manifests say, as far as a local run honours it.
///
/// @param kafka the brokers
/// @param topics topics of Kafka
/// @param connect the workers of Kafka Connect
/// @param connectors connectors of Kafka Connect
/// @param services functions
/// @param sources what posts records to functions
/// @param sinks what takes dead letters
/// @param elasticsearch nodes of Elasticsearch
/// @param indexTemplates templates of Elasticsearch
public record Manifests(
        KafkaManifest kafka,
        List<KafkaTopicManifest> topics,
        KafkaConnectManifest connect,
        List<KafkaConnectorManifest> connectors,
        List<KnativeServiceManifest> services,
        List<KafkaSourceManifest> sources,
        List<KafkaSinkManifest> sinks,
        ElasticsearchManifest elasticsearch,
        List<IndexTemplate> indexTemplates) {

    /// Copies the lists, and holds every reference from one manifest to another.
    ///
    /// @throws ManifestException when one refers to a manifest that is not there
    public Manifests {
        topics = List.copyOf(topics);
        connectors = List.copyOf(connectors);
        services = List.copyOf(services);
        sources = List.copyOf(sources);
        sinks = List.copyOf(sinks);
        indexTemplates = List.copyOf(indexTemplates);

        Set<String> declared = topics.stream().map(KafkaTopicManifest::name).collect(Collectors.toSet());
        for (KafkaSourceManifest source : sources) {
            named(services, KnativeServiceManifest::name, source.service(), "Service", source);
            source.topics().forEach(topic -> requireTopic(declared, topic, "KafkaSource " + source.name()));
        }
        String worker = "KafkaConnect " + connect.name();
        requireTopic(declared, connect.configStorageTopic(), worker);
        requireTopic(declared, connect.offsetStorageTopic(), worker);
        requireTopic(declared, connect.statusStorageTopic(), worker);
        for (KafkaSinkManifest sink : sinks) {
            requireTopic(declared, sink.topic(), "KafkaSink " + sink.name());
        }
        for (KafkaSourceManifest source : sources) {
            named(sinks, KafkaSinkManifest::name, source.delivery().deadLetterSink(), "KafkaSink", source);
        }
    }

    /// Reads the folders `strimzi`, `knative` and `eck`.
    ///
    /// @param root the checkout
    /// @throws ManifestException when a manifest is wrong, or refers to one that is not there
    public static Manifests read(Path root) {
        return read(root, List.of());
    }

    /// Reads the folders `strimzi`, `knative` and `eck`, and others after them.
    ///
    /// @param root the checkout
    /// @param also the others, relative to it
    /// @throws ManifestException when a manifest is wrong, or refers to one that is not there
    public static Manifests read(Path root, List<String> also) {
        return new ManifestReader(root).read(also);
    }

    /// {@return the function that a source posts to}
    ///
    /// @param source one of [#sources]
    public KnativeServiceManifest service(KafkaSourceManifest source) {
        return named(services, KnativeServiceManifest::name, source.service(), "Service", source);
    }

    /// {@return the topic that takes the dead letters of a source}
    ///
    /// @param source one of [#sources]
    public String deadLetterTopic(KafkaSourceManifest source) {
        return named(sinks, KafkaSinkManifest::name, source.delivery().deadLetterSink(), "KafkaSink", source)
                .topic();
    }

    private static void requireTopic(Set<String> declared, String topic, String who) {
        if (!declared.contains(topic)) {
            throw new ManifestException(who + " refers to topic " + topic + ", which no KafkaTopic declares");
        }
    }

    private static <T> T named(
            List<T> all, Function<T, String> name, String wanted, String kind, KafkaSourceManifest source) {
        return all.stream()
                .filter(one -> name.apply(one).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ManifestException("KafkaSource " + source.name() + " refers to " + kind + " "
                        + wanted + ", which is not declared"));
    }
}
