package dev.rowcast.testkit.manifest;

import dev.rowcast.testkit.manifest.eventing.KafkaSinkManifest;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import dev.rowcast.testkit.manifest.yaml.ManifestException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The manifests of the checkout, reduced to the fields that a local run uses.
///
/// @param kafkaConfig settings of a broker, in Kafka's names
/// @param topics of Kafka
/// @param connect the workers of Kafka Connect
/// @param connectors of Kafka Connect
/// @param services functions
/// @param sources that post records to functions
/// @param sinks of dead letters
/// @param elasticsearchConfig settings of a node, in Elasticsearch's names
/// @param indexTemplates of Elasticsearch
/// @param indexerTables the files of the indexer
public record Manifests(
        Map<String, String> kafkaConfig,
        List<KafkaTopicManifest> topics,
        KafkaConnectManifest connect,
        List<KafkaConnectorManifest> connectors,
        List<KnativeServiceManifest> services,
        List<KafkaSourceManifest> sources,
        List<KafkaSinkManifest> sinks,
        Map<String, String> elasticsearchConfig,
        List<IndexTemplate> indexTemplates,
        List<IndexerTable> indexerTables) {

    /// Copies the collections and checks every reference from one manifest to another.
    ///
    /// @throws ManifestException when a manifest refers to one that is not declared
    public Manifests {
        kafkaConfig = Map.copyOf(kafkaConfig);
        topics = List.copyOf(topics);
        connectors = List.copyOf(connectors);
        services = List.copyOf(services);
        sources = List.copyOf(sources);
        sinks = List.copyOf(sinks);
        elasticsearchConfig = Map.copyOf(elasticsearchConfig);
        indexTemplates = List.copyOf(indexTemplates);
        indexerTables = List.copyOf(indexerTables);
        Map<String, IndexerTable> files = new HashMap<>();
        for (IndexerTable table : indexerTables) {
            IndexerTable another = files.put(table.name(), table);
            if (another != null) {
                throw new ManifestException(table.folder() + "/indexer-tables/" + table.name() + " is also in "
                        + another.folder() + ", and only one of them would reach the indexer");
            }
        }

        Set<String> declared = topics.stream().map(KafkaTopicManifest::name).collect(Collectors.toSet());
        for (KafkaSourceManifest source : sources) {
            find(services, KnativeServiceManifest::name, source.service(), "Service", source);
            source.topics().forEach(topic -> requireTopic(declared, topic, "KafkaSource " + source.name()));
            find(sinks, KafkaSinkManifest::name, source.delivery().deadLetterSink(), "KafkaSink", source);
        }
        connect.topics().forEach(topic -> requireTopic(declared, topic, "KafkaConnect " + connect.name()));
        for (KafkaSinkManifest sink : sinks) {
            requireTopic(declared, sink.topic(), "KafkaSink " + sink.name());
        }
    }

    /// Reads the folders `strimzi`, `knative` and `eck`.
    ///
    /// @param root the checkout
    /// @throws ManifestException when a manifest is wrong, or refers to one that is not declared
    public static Manifests read(Path root) {
        return read(root, List.of());
    }

    /// Reads the folders `strimzi`, `knative` and `eck`, then further folders.
    ///
    /// @param root the checkout
    /// @param also the further folders, relative to the checkout
    /// @throws ManifestException when a manifest is wrong, or refers to one that is not declared
    public static Manifests read(Path root, List<String> also) {
        return ManifestReader.read(root, also);
    }

    /// {@return the function that a source posts to}
    ///
    /// @param source one of [#sources]
    public KnativeServiceManifest service(KafkaSourceManifest source) {
        return find(services, KnativeServiceManifest::name, source.service(), "Service", source);
    }

    /// {@return the topic of the dead letters of a source}
    ///
    /// @param source one of [#sources]
    public String deadLetterTopic(KafkaSourceManifest source) {
        return find(sinks, KafkaSinkManifest::name, source.delivery().deadLetterSink(), "KafkaSink", source)
                .topic();
    }

    private static void requireTopic(Set<String> declared, String topic, String resource) {
        if (!declared.contains(topic)) {
            throw new ManifestException(resource + " refers to topic " + topic + ", which no KafkaTopic declares");
        }
    }

    private static <T> T find(
            List<T> all, Function<T, String> name, String wanted, String kind, KafkaSourceManifest source) {
        return all.stream()
                .filter(one -> name.apply(one).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ManifestException("KafkaSource " + source.name() + " refers to " + kind + " "
                        + wanted + ", which is not declared"));
    }
}
