package dev.rowcast.testkit.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Reads the folders of a checkout, document by document.
final class ManifestReader {
    /// The real parts that a local run starts itself, and what only a cluster has.
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
    private final List<KafkaManifest> brokers = new ArrayList<>();
    private final List<KafkaConnectManifest> workers = new ArrayList<>();
    private final List<KafkaTopicManifest> topics = new ArrayList<>();
    private final List<KafkaConnectorManifest> connectors = new ArrayList<>();
    private final List<KnativeServiceManifest> services = new ArrayList<>();
    private final List<KafkaSourceManifest> sources = new ArrayList<>();
    private final List<KafkaSinkManifest> sinks = new ArrayList<>();
    private final List<ElasticsearchManifest> searches = new ArrayList<>();

    ManifestReader(Path root) {
        this.files = new ManifestFiles(root);
    }

    Manifests read(List<String> also) {
        Stream.concat(Stream.of("strimzi", "knative", "eck"), also.stream())
                .forEach(folder -> files.resources(folder).forEach(this::take));
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

    private void take(Field document) {
        String kind =
                document.at("apiVersion").text() + " " + document.at("kind").text();
        switch (kind) {
            case "kafka.strimzi.io/v1 Kafka" -> brokers.add(KafkaManifest.of(document));
            case "kafka.strimzi.io/v1 KafkaConnect" -> workers.add(KafkaConnectManifest.of(document));
            case "kafka.strimzi.io/v1 KafkaTopic" -> topics.add(KafkaTopicManifest.of(document));
            case "kafka.strimzi.io/v1 KafkaConnector" -> connectors.add(KafkaConnectorManifest.of(document));
            case "serving.knative.dev/v1 Service" -> services.add(KnativeServiceManifest.of(document));
            case "sources.knative.dev/v1 KafkaSource" -> sources.add(KafkaSourceManifest.of(document));
            case "eventing.knative.dev/v1alpha1 KafkaSink" -> sinks.add(KafkaSinkManifest.of(document));
            case "elasticsearch.k8s.elastic.co/v1 Elasticsearch" -> searches.add(ElasticsearchManifest.of(document));
            default -> {
                if (!CLUSTER_ONLY.contains(kind)) {
                    throw new ManifestException(document.file() + ": " + kind + " is not known here");
                }
            }
        }
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
