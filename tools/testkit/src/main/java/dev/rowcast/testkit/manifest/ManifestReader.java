package dev.rowcast.testkit.manifest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.rowcast.testkit.manifest.eventing.KafkaSinkManifest;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import dev.rowcast.testkit.manifest.yaml.ManifestException;
import dev.rowcast.testkit.manifest.yaml.ManifestFiles;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the folders of a checkout, document by document.
///
/// @param unread the documents that were not read yet, by kind
record ManifestReader(Map<String, List<ManifestDocument>> unread) {
    /// Kinds that only a cluster needs, or for which a local run has a substitute.
    private static final Set<String> CLUSTER_ONLY = Set.of(
            "postgresql.cnpg.io/v1 Cluster",
            "kafka.strimzi.io/v1 KafkaNodePool",
            "kafka.strimzi.io/v1 KafkaUser",
            "kibana.k8s.elastic.co/v1 Kibana",
            "networking.k8s.io/v1 NetworkPolicy",
            "policy/v1 PodDisruptionBudget",
            "batch/v1 Job",
            "rbac.authorization.k8s.io/v1 Role",
            "rbac.authorization.k8s.io/v1 RoleBinding",
            "v1 ConfigMap",
            "v1 Namespace",
            "v1 Secret",
            "v1 ServiceAccount");

    static Manifests read(Path root, List<String> also) {
        ManifestFiles files = new ManifestFiles(root);
        ManifestReader reader = new ManifestReader(Stream.concat(Stream.of("strimzi", "knative", "eck"), also.stream())
                .flatMap(folder -> files.resources(folder).stream())
                .collect(Collectors.groupingBy(ManifestDocument::kind)));
        Manifests manifests = new Manifests(
                reader.only("strimzi", "kafka.strimzi.io/v1 Kafka", ManifestReader::brokerConfig),
                reader.all("kafka.strimzi.io/v1 KafkaTopic", KafkaTopicManifest::of),
                reader.only("strimzi", "kafka.strimzi.io/v1 KafkaConnect", KafkaConnectManifest::of),
                reader.all("kafka.strimzi.io/v1 KafkaConnector", KafkaConnectorManifest::of),
                reader.all("serving.knative.dev/v1 Service", KnativeServiceManifest::of),
                reader.all("sources.knative.dev/v1 KafkaSource", KafkaSourceManifest::of),
                reader.all("eventing.knative.dev/v1alpha1 KafkaSink", KafkaSinkManifest::of),
                reader.only("eck", "elasticsearch.k8s.elastic.co/v1 Elasticsearch", ManifestReader::nodeConfig),
                indexTemplates(files, also),
                indexerTables(files, also));
        reader.refuseUnread();
        return manifests;
    }

    private <T> List<T> all(String kind, Function<ManifestDocument, T> read) {
        return Optional.ofNullable(unread.remove(kind)).orElse(List.of()).stream()
                .map(read)
                .toList();
    }

    private <T> T only(String folder, String kind, Function<ManifestDocument, T> read) {
        List<T> found = all(kind, read);
        if (found.size() != 1) {
            throw new ManifestException(folder + " declares " + found.size() + " resources of kind "
                    + kind.substring(kind.indexOf(' ') + 1) + ", expected 1");
        }
        return found.getFirst();
    }

    private void refuseUnread() {
        unread.keySet().removeAll(CLUSTER_ONLY);
        unread.forEach((kind, documents) -> {
            throw new ManifestException(documents.getFirst().file() + ": " + kind + " is not known here");
        });
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

    private static List<IndexTemplate> indexTemplates(ManifestFiles files, List<String> also) {
        return Stream.concat(Stream.of("eck"), also.stream())
                .flatMap(folder -> files.generatorFiles(folder).stream()
                        .filter(file -> file.startsWith(folder + "/index-templates/")))
                .map(file -> new IndexTemplate(
                        file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.json$", ""), files.text(file)))
                .toList();
    }

    private static List<IndexerTable> indexerTables(ManifestFiles files, List<String> also) {
        return Stream.concat(Stream.of("knative"), also.stream())
                .flatMap(folder -> files.generatorFiles(folder).stream()
                        .filter(file -> file.startsWith(folder + "/indexer-tables/"))
                        .map(file ->
                                new IndexerTable(folder, file.substring(file.lastIndexOf('/') + 1), files.text(file))))
                .toList();
    }
}
