package dev.rowcast.testkit.cluster;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import io.fabric8.knative.eventing.v1alpha1.KafkaSink;
import io.fabric8.knative.sources.v1.KafkaSource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.connect.KafkaConnect;
import io.strimzi.api.kafka.model.connector.KafkaConnector;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Reads every manifest as the type that its maker publishes; an unknown field is an error.
class ModelsTest {

    private static final Path ROOT = Checkout.find().root();
    private static final List<String> FOLDERS = List.of(
            "namespace",
            "postgres",
            "strimzi",
            "knative",
            "eck",
            "replay",
            "monitoring",
            "overlays/laptop",
            "overlays/production",
            "examples/loan",
            "examples/penguins",
            "examples/ridership");

    private static final Map<String, Class<?>> MODELS = Stream.<Class<? extends HasMetadata>>of(
                    Namespace.class,
                    ConfigMap.class,
                    Secret.class,
                    Job.class,
                    CronJob.class,
                    NetworkPolicy.class,
                    Role.class,
                    RoleBinding.class,
                    PodDisruptionBudget.class,
                    PodMonitor.class,
                    PrometheusRule.class,
                    io.fabric8.knative.serving.v1.Service.class,
                    KafkaSource.class,
                    KafkaSink.class,
                    Kafka.class,
                    KafkaNodePool.class,
                    KafkaTopic.class,
                    KafkaUser.class,
                    KafkaConnect.class,
                    KafkaConnector.class)
            .collect(toMap(
                    model -> HasMetadata.getApiVersion(model) + " " + HasMetadata.getKind(model), model -> model));

    /// Kinds with a published schema and no Java type; `kubeconform` checks them in the workflows.
    private static final Set<String> WITHOUT_A_MODEL = Set.of(
            "postgresql.cnpg.io/v1 Cluster",
            "elasticsearch.k8s.elastic.co/v1 Elasticsearch",
            "kibana.k8s.elastic.co/v1 Kibana");

    @TestFactory
    Stream<DynamicTest> everyManifestHasOnlyFieldsThatItsModelKnows() {
        return FOLDERS.stream()
                .flatMap(folder -> documents(folder).stream()
                        .filter(document -> !WITHOUT_A_MODEL.contains(document.kind()))
                        .map(document -> dynamicTest(
                                folder + ": " + document.kind() + " " + document.metadata("name"),
                                () -> assertThat(document.as(model(document))).isNotNull())));
    }

    @Test
    void everyKindHasAModelOrIsListedAsWithout() {
        assertThat(FOLDERS.stream()
                        .flatMap(folder -> documents(folder).stream())
                        .map(ManifestDocument::kind))
                .allMatch(kind -> MODELS.containsKey(kind) || WITHOUT_A_MODEL.contains(kind))
                .containsAll(MODELS.keySet().stream().toList());
    }

    @TestFactory
    Stream<DynamicTest> misspeltFieldIsRefused() {
        return FOLDERS.stream()
                .flatMap(folder -> documents(folder).stream())
                .filter(document -> document.body().has("spec") && !WITHOUT_A_MODEL.contains(document.kind()))
                .collect(toMap(ManifestDocument::kind, document -> document, (one, _) -> one))
                .values()
                .stream()
                .map(document -> dynamicTest(document.kind(), () -> {
                    ObjectNode body = document.body().deepCopy();
                    ((ObjectNode) body.get("spec")).put("misspelt", true);
                    ManifestDocument wrong = new ManifestDocument("wrong", body);
                    assertThatThrownBy(() -> wrong.as(model(document)))
                            .hasMessageStartingWith("wrong: spec.misspelt is not a known field");
                }));
    }

    private static List<ManifestDocument> documents(String folder) {
        try {
            return Rendered.folder(ROOT, folder).stream()
                    .map(document -> new ManifestDocument(folder, document))
                    .toList();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static Class<?> model(ManifestDocument document) {
        return MODELS.get(document.kind());
    }
}
