package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.cluster.FakeCluster.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `make deploy`, `make status` and `make undeploy` on a complete cluster; `ClusterNeedsTest` has the others.
class ClusterScriptTest {

    @TempDir
    Path folder;

    private FakeCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = FakeCluster.complete(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "status", "undeploy"})
    void unreachableClusterIsReported(String command) throws Exception {
        cluster.without("server");

        assertThat(cluster.cluster(command))
                .isEqualTo(new Result(1, "kubectl reaches no cluster. Its target: kubectl config current-context\n"));
    }

    @Test
    void stationsAreDeployedInOrderAndEachIsAwaited() throws Exception {
        assertThat(deployed()).endsWith("What each station does: make status\n");

        assertThat(cluster.calls().stream()
                        .filter(call -> call.contains("rowcast.dev/station=") || call.contains(" wait "))
                        .map(call -> call.replaceAll(".*rowcast.dev/station=", "apply ")
                                .replaceAll(".* wait --timeout=\\S+ ([^ ./]+).*", "await $1")))
                .containsExactly(
                        "apply namespace",
                        "apply postgres",
                        "await clusters",
                        "apply kafka",
                        "await kafkas",
                        "await kafkausers",
                        "await kafkatopics",
                        "await kafkaconnects",
                        "await kafkaconnectors",
                        "apply elasticsearch",
                        "await elasticsearches",
                        "await job",
                        "apply functions",
                        "await services",
                        "await kafkasinks",
                        "await kafkasources");
    }

    @ParameterizedTest
    @ValueSource(strings = {"laptop", "production"})
    void everyManifestOfTheOverlayIsApplied(String overlay) throws Exception {
        cluster.with("crd/podmonitors.monitoring.coreos.com", "");
        deployed("OVERLAY=" + overlay);

        long documents = cluster.read("rendered/" + overlay)
                .lines()
                .filter(line -> line.startsWith("kind: "))
                .count();
        assertThat(cluster.resources().keySet().stream()
                        .filter(name -> !name.matches("secrets/rowcast-.*-(login|kafka)")))
                .hasSize((int) documents);
    }

    @Test
    void registryPrecedesEveryImageOfRowcast() throws Exception {
        deployed("REGISTRY=ghcr.io/me");

        for (String function : List.of("predictor", "indexer", "retention")) {
            assertThat(cluster.read("rowcast/services.serving.knative.dev/" + function))
                    .contains("image: ghcr.io/me/rowcast/" + function + ":");
        }
        assertThat(cluster.read("rowcast/kafkaconnects.kafka.strimzi.io/rowcast"))
                .contains("image: ghcr.io/me/rowcast/connect:");
        assertThat(cluster.read("rowcast/jobs.batch/elasticsearch-setup")).contains("image: docker.io/");
    }

    @Test
    void passwordsAreGeneratedAndAreInNoArgument() throws Exception {
        deployed();
        List<String> passwords = passwords();
        assertThat(passwords).hasSize(7).doesNotHaveDuplicates().allMatch(password -> password.length() >= 24);
        assertThat(passwords).noneMatch(String.join("\n", cluster.calls())::contains);
    }

    @Test
    void secondRunChangesNoResource() throws Exception {
        deployed();
        Map<String, String> first = cluster.resources();

        assertThat(deployed()).doesNotContain("created secret");

        assertThat(cluster.resources()).isEqualTo(first);
        assertThat(cluster.calls()).contains("--namespace rowcast delete job/elasticsearch-setup --ignore-not-found");
    }

    @Test
    void deadLettersSecretIsRenewedFromStrimzisSecrets() throws Exception {
        deployed();
        cluster.with("rowcast/secrets/rowcast-dead-letters-kafka", "of an earlier certificate");

        deployed();

        assertThat(cluster.read("rowcast/secrets/rowcast-dead-letters-kafka"))
                .contains("protocol: U1NM\n", "ca.crt: eA==\n", "user.crt: eA==\n", "user.key: eA==");
    }

    @ParameterizedTest
    @CsvSource({
        "clusters.postgresql.cnpg.io/rowcast-postgres, postgres",
        "kafkas.kafka.strimzi.io/rowcast, kafka",
        "kafkaconnectors.kafka.strimzi.io, kafka",
        "job/elasticsearch-setup, elasticsearch",
        "kafkasources.sources.knative.dev, functions"
    })
    void stationThatNeverBecomesReadyIsNamed(String resource, String station) throws Exception {
        cluster.with("never-ready", resource);

        Result result = cluster.cluster("deploy", "PATIENCE=3s");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output())
                .endsWith(station + ": " + resource + " is not ready after 3s. See: kubectl -n rowcast describe "
                        + resource + "\n");
        assertThat(cluster.calls().getLast()).contains("wait --timeout=3s " + resource);
    }

    @Test
    void nextRunContinuesAfterTheStationThatWasRepaired() throws Exception {
        cluster.with("never-ready", "kafkas.kafka.strimzi.io/rowcast");
        assertThat(cluster.cluster("deploy")).returns(1, Result::code);
        assertThat(cluster.has("rowcast/services.serving.knative.dev")).isFalse();
        List<String> passwords = passwords();

        cluster.without("never-ready");
        deployed();

        assertThat(passwords()).isEqualTo(passwords);
    }

    @Test
    void statusStartsWithTheProblemsOfThePath() throws Exception {
        deployed();
        assertThat(cluster.cluster("status").output())
                .startsWith("Problems of the path\n  not known: Postgres has no primary\nPostgres\n");

        cluster.with("primary", "pod/postgres-2").with("problems", "fault: a table is not captured");
        assertThat(cluster.cluster("status").output())
                .startsWith("Problems of the path\n  fault: a table is not captured\nPostgres\n")
                .contains("Sources\n  indexer\n  predictor\n  retention\nFunctions\n");
    }

    @Test
    void statusShowsTheOtherStationsWhenAnOperatorIsMissing() throws Exception {
        deployed();
        cluster.without("crd/clusters.postgresql.cnpg.io");

        Result result = cluster.cluster("status");

        assertThat(result.code()).isZero();
        assertThat(result.output()).contains("doesn't have a resource type", "Functions\n  indexer\n", "Kibana\n");
    }

    @Test
    void statusOfAnEmptyClusterNamesTheNextCommand() throws Exception {
        assertThat(cluster.cluster("status"))
                .isEqualTo(new Result(1, "There is no namespace rowcast. Run: make deploy\n"));
    }

    @Test
    void undeployRemovesSourcesFirstAndTheNamespaceLast() throws Exception {
        deployed();

        List<String> removed = cluster.cluster("undeploy").output().lines().toList();

        assertThat(removed.getFirst()).contains("kafkasources");
        assertThat(removed.getLast()).contains("namespace rowcast with all data in it");
        assertThat(cluster.has("rowcast")).isFalse();
        assertThat(cluster.cluster("undeploy")).isEqualTo(new Result(0, "There is no namespace rowcast.\n"));
    }

    @Test
    void undeployWorksWithoutTheOperators() throws Exception {
        deployed();
        cluster.without("crd");

        assertThat(cluster.cluster("undeploy")).returns(0, Result::code);
        assertThat(cluster.has("rowcast")).isFalse();
    }

    private String deployed(String... variables) throws Exception {
        Result result = cluster.cluster("deploy", variables);
        assertThat(result.code()).as(result.output()).isZero();
        return result.output();
    }

    private List<String> passwords() throws Exception {
        return cluster.resources().values().stream()
                .flatMap(String::lines)
                .filter(line -> line.matches(" +password: .*"))
                .map(line -> line.replaceAll(".*: ", ""))
                .toList();
    }
}
