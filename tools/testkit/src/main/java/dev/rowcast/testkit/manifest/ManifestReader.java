package dev.rowcast.testkit.manifest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.rowcast.testkit.manifest.eventing.KafkaSinkManifest;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import dev.rowcast.testkit.manifest.yaml.ManifestException;
import dev.rowcast.testkit.manifest.yaml.ManifestFiles;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Reads the folders of a checkout, document by document.
final class ManifestReader {
    /// Kinds that only a cluster needs, or for which a local run has a substitute.
    private static final Set<String> CLUSTER_ONLY = Set.of(
            "postgresql.cnpg.io/v1 Cluster",
            "kafka.strimzi.io/v1 KafkaNodePool",
            "kafka.strimzi.io/v1 KafkaUser",
            "kibana.k8s.elastic.co/v1 Kibana",
            "networking.k8s.io/v1 NetworkPolicy",
            "policy/v1 PodDisruptionBudget",
            "batch/v1 Job",
            "v1 ConfigMap",
            "v1 Namespace",
            "v1 Secret",
            "v1 ServiceAccount");

    private final ManifestFiles files;
    private final List<Map<String, String>> brokers = new ArrayList<>();
    private final List<KafkaConnectManifest> workers = new ArrayList<>();
    private final List<KafkaTopicManifest> topics = new ArrayList<>();
    private final List<KafkaConnectorManifest> connectors = new ArrayList<>();
    private final List<KnativeServiceManifest> services = new ArrayList<>();
    private final List<KafkaSourceManifest> sources = new ArrayList<>();
    private final List<KafkaSinkManifest> sinks = new ArrayList<>();
    private final List<Map<String, String>> searches = new ArrayList<>();

    ManifestReader(Path root) {
        this.files = new ManifestFiles(root);
    }

    Manifests read(List<String> also) {
        Stream.concat(Stream.of("strimzi", "knative", "eck"), also.stream())
                .forEach(folder -> files.resources(folder).forEach(this::add));
        return new Manifests(
                only(brokers, "strimzi", "Kafka"),
                topics,
                only(workers, "strimzi", "KafkaConnect"),
                connectors,
                services,
                sources,
                sinks,
                only(searches, "eck", "Elasticsearch"),
                indexTemplates());
    }

    private void add(ManifestDocument document) {
        switch (document.kind()) {
            case "kafka.strimzi.io/v1 Kafka" -> brokers.add(brokerConfig(document));
            case "kafka.strimzi.io/v1 KafkaConnect" -> workers.add(KafkaConnectManifest.of(document));
            case "kafka.strimzi.io/v1 KafkaTopic" -> topics.add(KafkaTopicManifest.of(document));
            case "kafka.strimzi.io/v1 KafkaConnector" -> connectors.add(KafkaConnectorManifest.of(document));
            case "serving.knative.dev/v1 Service" -> services.add(KnativeServiceManifest.of(document));
            case "sources.knative.dev/v1 KafkaSource" -> sources.add(KafkaSourceManifest.of(document));
            case "eventing.knative.dev/v1alpha1 KafkaSink" -> sinks.add(KafkaSinkManifest.of(document));
            case "elasticsearch.k8s.elastic.co/v1 Elasticsearch" -> searches.add(nodeConfig(document));
            case String kind -> {
                if (!CLUSTER_ONLY.contains(kind)) {
                    throw new ManifestException(document.file() + ": " + kind + " is not known here");
                }
            }
        }
    }

    private static Map<String, String> brokerConfig(ManifestDocument document) {
        var spec = document.required(document.as(Kafka.class).getSpec(), "spec");
        var kafka = document.required(spec.getKafka(), "spec.kafka");
        return document.settings(kafka.getConfig(), "spec.kafka.config");
    }

    /// The part of ECK's `Elasticsearch` that a local run uses; ECK publishes no Java type.
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Elasticsearch(Spec spec) {

        @JsonIgnoreProperties(ignoreUnknown = true)
        private record Spec(List<NodeSet> nodeSets) {}

        @JsonIgnoreProperties(ignoreUnknown = true)
        private record NodeSet(Map<String, Object> config) {}
    }

    private static Map<String, String> nodeConfig(ManifestDocument document) {
        var spec = document.required(document.as(Elasticsearch.class).spec(), "spec");
        Map<String, String> config = new LinkedHashMap<>();
        document.required(spec.nodeSets(), "spec.nodeSets")
                .forEach(nodes -> config.putAll(document.settings(nodes.config(), "spec.nodeSets.config")));
        return config;
    }

    private static <T> T only(List<T> found, String folder, String kind) {
        if (found.size() != 1) {
            throw new ManifestException(
                    folder + " declares " + found.size() + " resources of kind " + kind + ", expected 1");
        }
        return found.getFirst();
    }

    private List<IndexTemplate> indexTemplates() {
        return files.generatorFiles("eck").stream()
                .filter(file -> file.startsWith("eck/index-templates/"))
                .map(file -> new IndexTemplate(
                        file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.json$", ""), files.text(file)))
                .toList();
    }
}
