package dev.rowcast.testkit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `make deploy` with a kubectl that records its calls and simulates the cluster of the test.
class ClusterScriptTest {

    private static final Path SCRIPT = Checkout.find().resolve("scripts/cluster");

    private static final String KUBECTL = """
            #!/usr/bin/env bash
            echo "$*" >> "$CALLS"
            case "$*" in
                version*) [ "$CLUSTER" != none ] ;;
                "get customresourcedefinition/"*) [[ "$CLUSTER" == full || "$*" == *"$CLUSTER"* ]] ;;
                "get storageclass"*) [ "$CLUSTER" = full ] && echo true || echo ;;
                *"get configmap config-kafka-sink-data-plane"*)
                    printf 'acks=1\\nmax.request.size=%s\\nlinger.ms=0\\n' "${SINK-6291456}" ;;
                kustomize*) echo "rowcast.dev/station: functions" ;;
                *"get secret rowcast-"*-login) [ "${LOGINS:-none}" = there ] ;;
                *" create -f -") cat >> "$CALLS.stdin" ;;
                *" apply -f -") cat > /dev/null ;;
                *"cnpg.io/instanceRole=primary"*) echo "$PRIMARY" ;;
                *" exec pod/postgres-2 "*rowcast_problems*) echo "fault: a table is not captured" ;;
                *" wait "*"$BROKEN"*) [ -z "$BROKEN" ] ;;
                *) true ;;
            esac
            """;

    @TempDir
    Path folder;

    @Test
    void missingPartsOfTheClusterAreNamedTogether() throws Exception {
        Run run = refused("CLUSTER=kafkas.kafka.strimzi.io");

        assertThat(run.output())
                .contains("CloudNativePG", "ECK", "Knative Serving", "KafkaSource", "KafkaSink", "storage class")
                .doesNotContain("Strimzi");
    }

    @Test
    void sinkTooSmallForTheLargestDeadLetterIsNamedWithTheFix() throws Exception {
        Run run = refused("CLUSTER=full", "SINK=1048576");

        assertThat(run.output())
                .contains("dead letters of 6291456 bytes (now 1048576)")
                .contains("config-kafka-sink-data-plane", "max.request.size=6291456", "deployment/kafka-sink-receiver");
        assertThat(run("deploy", "CLUSTER=full", "SINK=").output()).contains("(now 1048576)");
    }

    @Test
    void productionOverlayNeedsPrometheus() throws Exception {
        assertThat(run("deploy", "CLUSTER=kafkas.kafka.strimzi.io", "OVERLAY=production")
                        .output())
                .contains("Prometheus operator");
        assertThat(run("deploy", "CLUSTER=full", "OVERLAY=large").output()).contains("laptop production");
    }

    @Test
    void unreachableClusterIsReported() throws Exception {
        for (String command : List.of("deploy", "status", "undeploy")) {
            Run run = run(command, "CLUSTER=none");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.output().lines()).singleElement().asString().contains("kubectl reaches no cluster");
        }
    }

    @Test
    void stationsAreDeployedInOrderAndEachIsAwaited() throws Exception {
        Run run = run("deploy", "CLUSTER=full");

        assertThat(run.output()).endsWith("What each station does: make status\n");
        assertThat(run.code()).isZero();
        assertThat(run.calls().stream()
                        .filter(call -> call.contains("rowcast.dev/station=") || call.contains(" wait "))
                        .map(call -> call.replaceAll(".*rowcast.dev/station=", "apply ")
                                .replaceAll(".* wait --timeout=\\S+ ([^ ./]+).*", "await $1")))
                .containsSubsequence(
                        "apply namespace",
                        "apply postgres",
                        "await clusters",
                        "apply kafka",
                        "await kafkas",
                        "await kafkausers",
                        "await kafkaconnectors",
                        "apply elasticsearch",
                        "await elasticsearches",
                        "await job",
                        "apply functions",
                        "await services",
                        "await kafkasources");
    }

    @Test
    void passwordsAreGeneratedOnceAndAreInNoArgument() throws Exception {
        run("deploy", "CLUSTER=full");
        List<String> passwords = Files.readAllLines(folder.resolve("calls.stdin")).stream()
                .filter(line -> line.contains("password: "))
                .map(line -> line.replaceAll(".*password: ", ""))
                .toList();
        assertThat(passwords).hasSize(7).doesNotHaveDuplicates().allMatch(password -> password.length() >= 24);
        String arguments = Files.readString(folder.resolve("calls"));
        assertThat(passwords).noneMatch(arguments::contains);

        Files.delete(folder.resolve("calls.stdin"));
        assertThat(run("deploy", "CLUSTER=full", "LOGINS=there").code()).isZero();
        assertThat(folder.resolve("calls.stdin")).doesNotExist();
    }

    @Test
    void stationThatDoesNotStartIsNamedWithTheNextCommand() throws Exception {
        assertThat(failed("CLUSTER=full", "BROKEN=kafkas.kafka.strimzi.io/rowcast")
                        .output())
                .contains("kubectl -n rowcast describe kafkas.kafka.strimzi.io/rowcast")
                .doesNotContain("elasticsearch: applied");
    }

    @Test
    void statusStartsWithTheProblemsOfThePath() throws Exception {
        assertThat(run("status", "CLUSTER=full", "PRIMARY=pod/postgres-2").output())
                .startsWith("Problems of the path\n  fault: a table is not captured\nPostgres\n");
        assertThat(run("status", "CLUSTER=full", "PRIMARY=").output())
                .startsWith("Problems of the path\n  not known: Postgres has no primary\nPostgres\n");
    }

    private record Run(int code, String output, List<String> calls) {}

    /// A deployment that fails before it applies anything.
    private Run refused(String... environment) throws IOException, InterruptedException {
        Run run = failed(environment);
        assertThat(run.calls()).noneMatch(call -> call.contains("apply"));
        return run;
    }

    private Run failed(String... environment) throws IOException, InterruptedException {
        Run run = run("deploy", environment);
        assertThat(run.code()).isEqualTo(1);
        return run;
    }

    private Run run(String command, String... environment) throws IOException, InterruptedException {
        Path kubectl = folder.resolve("bin/kubectl");
        Files.createDirectories(kubectl.getParent());
        Files.writeString(kubectl, KUBECTL);
        Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path calls = folder.resolve("calls");
        ProcessBuilder script = new ProcessBuilder("bash", SCRIPT.toString(), command).redirectErrorStream(true);
        script.environment().put("PATH", kubectl.getParent() + ":" + System.getenv("PATH"));
        script.environment().put("CALLS", calls.toString());
        script.environment().put("BROKEN", "");
        Stream.of(environment)
                .map(variable -> variable.split("=", 2))
                .forEach(variable -> script.environment().put(variable[0], variable[1]));
        Process process = script.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), output, new ArrayList<>(Files.readAllLines(calls)));
    }
}
