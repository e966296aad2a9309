package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.cluster.FakeCluster.Result;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `make deploy` requires of a cluster before it applies anything, and what it says to do.
class ClusterNeedsTest {

    private static final String PROMETHEUS = "crd/podmonitors.monitoring.coreos.com";
    private static final String INGRESS = "configmap/knative-serving/config-network/ingress-class";
    private static final String KEDA = "configmap/knative-eventing/config-kafka-features/controller-autoscaler-keda";
    private static final String SINK =
            "configmap/knative-eventing/config-kafka-sink-data-plane/config-kafka-sink-producer.properties";

    /// Groups of Kubernetes, and the one of Kibana, whose operator is that of Elasticsearch.
    private static final List<String> WITHOUT_OPERATOR =
            List.of("batch", "policy", "networking.k8s.io", "kibana.k8s.elastic.co");

    @TempDir
    Path folder;

    private FakeCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = FakeCluster.complete(folder);
    }

    @Test
    void laptopOverlayNeedsNoPrometheusOperator() throws Exception {
        accepted(cluster);
    }

    @Test
    void productionOverlayNeedsThePrometheusOperator() throws Exception {
        assertThat(refused("OVERLAY=production")).contains("Prometheus operator: https://prometheus-operator.dev");

        cluster.with(PROMETHEUS, "");
        accepted(cluster, "OVERLAY=production");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            crd/clusters.postgresql.cnpg.io,                  CloudNativePG: https://cloudnative-pg.io/docs/
            crd/kafkas.kafka.strimzi.io,                      Strimzi 1.x: https://strimzi.io/quickstarts/
            crd/elasticsearches.elasticsearch.k8s.elastic.co, ECK: https://www.elastic.co/docs/
            crd/services.serving.knative.dev,                 Knative Serving: https://knative.dev/docs/install/
            crd/kafkasources.sources.knative.dev,             Knative KafkaSource: https://knative.dev/docs/
            crd/kafkasinks.eventing.knative.dev,              Knative KafkaSink: https://knative.dev/docs/
            crd/scaledobjects.keda.sh,                        helm install keda keda
            kourier-system,                                   net-kourier/releases/latest/download/kourier.yaml
            configmap/knative-serving,                        'Knative (now the default, istio):'
            configmap/knative-eventing/config-kafka-features, rollout restart deployment/kafka-controller
            configmap/knative-eventing/config-kafka-sink-data-plane, (now 1048576)
            """)
    void missingPartIsNamedWithItsRemedy(String part, String remedy) throws Exception {
        cluster.without(part);

        assertThat(refused()).contains(remedy);
    }

    @Test
    void everythingThatAnEmptyClusterLacksIsNamedTogether() throws Exception {
        FakeCluster empty = FakeCluster.empty(folder.resolve("new")).with("server", "v1.34.0");
        List<String> groups = empty.read("rendered/production")
                .lines()
                .filter(line -> line.matches("apiVersion: .*/.*"))
                .map(line -> line.replaceAll("apiVersion: (.*)/.*", "$1"))
                .filter(group -> !WITHOUT_OPERATOR.contains(group))
                .distinct()
                .toList();

        assertThat(groups).hasSize(7);
        assertThat(refusedBy(empty, "OVERLAY=production"))
                .contains(groups.stream().map(group -> "." + group + ")").toList())
                .contains(
                        "\n  KEDA", "\n  kourier:", "\n  kourier as the ingress", "feature controller-autoscaler-keda")
                .contains("kubectl annotate storageclass <name> storageclass.kubernetes.io/is-default-class=true");
    }

    @ParameterizedTest
    @CsvSource({"v1.33.9-gke.1001, 1.33", "v1.9.0, 1.9", "unknown, unknown"})
    void olderServerIsRefused(String version, String named) throws Exception {
        cluster.with("server", version);

        assertThat(refused())
                .contains("Kubernetes 1.34 or newer", "(now " + named + ")")
                .contains("kind create cluster --image kindest/node:v1.34.0");
    }

    @Test
    void newerServerIsAccepted() throws Exception {
        accepted(cluster.with("server", "v1.100.2-eks-1"));
    }

    @Test
    void documentNamesTheVersionThatIsChecked() throws Exception {
        Path root = Checkout.find().root();

        assertThat(Files.readString(root.resolve("scripts/cluster"))).contains("oldest_minor=34\n");
        assertThat(Files.readString(root.resolve("docs/deploy.md"))).contains("Kubernetes 1.34 or newer");
    }

    @Test
    void printedPatchesRepairTheSettingsOfKnative() throws Exception {
        cluster.with(INGRESS, "istio.ingress.networking.knative.dev").with(KEDA, "disabled");
        String output = refused();

        for (String map : List.of("config-network", "config-kafka-features")) {
            String command = output.substring(output.lastIndexOf("kubectl", output.indexOf("configmap " + map)));
            assertThat(cluster.bash(command.substring(0, command.indexOf("}}'") + 3)))
                    .returns(0, Result::code);
        }
        accepted(cluster);
    }

    @Test
    void olderKeyOfTheIngressIsReadToo() throws Exception {
        cluster.without(INGRESS)
                .with(
                        "configmap/knative-serving/config-network/ingress.class",
                        "kourier.ingress.networking.knative.dev");

        accepted(cluster);
    }

    @Test
    void sourcesThatDoNotScaleWithKedaNeedNoKeda() throws Exception {
        String source = "autoscaling.eventing.knative.dev/class: keda.autoscaling.knative.dev";
        cluster.with("rendered/laptop", cluster.read("rendered/laptop").replace(source, "team: data"));
        cluster.without(KEDA).without("crd/scaledobjects.keda.sh");

        accepted(cluster);
    }

    @Test
    void sinkTooSmallForTheLargestDeadLetterIsNamedWithTheFix() throws Exception {
        cluster.with(SINK, "acks=1\nmax.request.size=1048576\nlinger.ms=0\n");

        assertThat(refused())
                .contains("dead letters of 6291456 bytes (now 1048576)")
                .contains("config-kafka-sink-data-plane", "max.request.size=6291456", "deployment/kafka-sink-receiver");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "you"})
    void imagesNeedARegistry(String registry) throws Exception {
        assertThat(refused("REGISTRY=" + registry))
                .contains("a registry for the images (now")
                .contains("make images REGISTRY=<host>/<path> PUSH=yes")
                .contains("make deploy OVERLAY=laptop REGISTRY=<host>/<path>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "registry:5000"})
    void registryMayBeALocalOne(String registry) throws Exception {
        accepted(cluster, "REGISTRY=" + registry);
    }

    @Test
    void unknownOverlayIsRefusedWithTheKnownOnes() throws Exception {
        assertThat(refused("OVERLAY=large")).contains("OVERLAY is large; it must be one of: laptop production");
    }

    @Test
    void manifestsThatCannotBeRenderedAreReported() throws Exception {
        cluster.without("rendered/laptop");

        assertThat(refused()).contains("kubectl cannot render the manifests");
    }

    /// Ends at the first station: that the deployment reaches it is what the test asks.
    private static void accepted(FakeCluster cluster, String... variables) throws Exception {
        cluster.with("never-ready", "clusters.postgresql.cnpg.io/rowcast-postgres");
        assertThat(cluster.cluster("deploy", variables).output()).contains("\n  postgres: applied\n");
    }

    private String refused(String... variables) throws Exception {
        return refusedBy(cluster, variables);
    }

    /// {@return the output of a deployment that ends before it changes anything}
    private static String refusedBy(FakeCluster cluster, String... variables) throws Exception {
        Result result = cluster.cluster("deploy", variables);
        assertThat(result.code()).isEqualTo(1);
        assertThat(cluster.calls()).noneMatch(call -> call.matches(".*\\b(apply|create|delete|patch)\\b.*"));
        assertThat(cluster.has("rowcast")).isFalse();
        return result.output();
    }
}
