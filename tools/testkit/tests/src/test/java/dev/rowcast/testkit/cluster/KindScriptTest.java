package dev.rowcast.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.folder.ScriptFolder;
import dev.rowcast.testkit.folder.ScriptFolder.Ended;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `make kind` in a checkout of stand-ins, which record their calls: docker, kind, kubectl, curl, make and the other
/// scripts.
class KindScriptTest {

    private static final String RECORD = "#!/bin/bash\ncd \"${0%/*}/..\"\nprintf '%s\\n' \"${0##*/} $*\" >> calls\n";
    private static final List<String> TOOLS =
            List.of("awk", "bash", "cat", "dirname", "env", "grep", "mktemp", "rm", "sed", "touch");

    private ScriptFolder folder;

    @BeforeEach
    void standIns(@TempDir Path checkout) throws IOException {
        folder = new ScriptFolder(checkout);
        folder.copy("scripts/kind");
        folder.copy("strimzi/topics.yaml");
        for (String name : List.of("bin/docker", "bin/make", "bin/sleep", "scripts/images", "scripts/cluster")) {
            folder.write(name, RECORD);
        }
        folder.write("bin/kind", RECORD + """
                if [ "$1" = create ]; then touch created; fi
                if [ "$1 $2" = 'get clusters' ] && [ -f created ]; then echo rowcast; fi
                """);
        folder.write("bin/curl", RECORD + """
                if grep -qs "${*: -1}" broken; then exit 22; fi
                printf '    %s\\n' 'namespace: myproject' '- name: STRIMZI_NAMESPACE' valueFrom: 'fieldPath: namespace' last
                """);
        folder.write("bin/kubectl", RECORD + """
                case "$*" in
                    *INSERT*) touch inserted ;;
                    *SELECT*) if [ -f inserted ] && [ ! -f unscored ]; then echo 'Yes|0.57'; fi ;;
                    *'-o yaml') echo 'max.request.size=1048576' ;;
                    replace*) cat > replaced ;;
                    *'-n strimzi -f -') cat > strimzi.yaml ;;
                    *'-f -') cat > /dev/null ;;
                    *'wait deployments'* | *'rollout status'*) if grep -qs "^$2$" broken; then exit 1; fi ;;
                esac
                """);
        for (String tool : TOOLS) {
            folder.write("bin/" + tool, "#!/bin/bash\nexec " + installed(tool) + " \"$@\"\n");
        }
    }

    @Test
    void emptyMachineEndsWithAScoredRow() throws Exception {
        Ended ended = run();

        assertThat(ended.code()).as(ended.printed()).isZero();
        assertThat(ended.printed())
                .contains("inserted row 0001-HELLO; its prediction:\n  Yes|0.57\nReady. Next: make status;");
        assertThat(calls())
                .containsSubsequence(
                        "kind create cluster --name rowcast --image kindest/node:v1.34.0 --wait 5m",
                        "kubectl config use-context kind-rowcast",
                        "make --no-print-directory build",
                        "images ",
                        "kind load docker-image --name rowcast kind.local/rowcast/predictor:0.1.0"
                                + " kind.local/rowcast/indexer:0.1.0 kind.local/rowcast/retention:0.1.0"
                                + " kind.local/rowcast/kn-replay:0.1.0 kind.local/rowcast/connect:0.1.0",
                        "cluster deploy");
    }

    @Test
    void everyOperatorHasAFixedVersionAndIsAwaited() throws Exception {
        run();

        List<String> addresses = calls().stream()
                .filter(call -> call.startsWith("curl"))
                .map(call -> call.replaceAll(".* ", ""))
                .toList();
        assertThat(addresses)
                .hasSize(13)
                .doesNotHaveDuplicates()
                .allMatch(address -> address.matches("https://.*/(knative-)?v?\\d+\\.\\d+\\.\\d+/[^/]+\\.yaml"));
        assertThat(calls())
                .contains("kubectl -n kourier-system wait deployments --all --for=condition=Available --timeout=15m");
    }

    @Test
    void everyNamespaceThatThePoliciesAdmitIsAwaited() throws Exception {
        run();

        for (String folder : List.of("knative", "strimzi", "postgres", "eck", "replay")) {
            for (String namespace : namespacesIn(folder)) {
                assertThat(calls())
                        .as(folder)
                        .anyMatch(call -> call.matches("kubectl -n " + namespace + " (wait|rollout status) .*"));
            }
        }
    }

    @Test
    void strimziServesEveryNamespace() throws Exception {
        run();

        assertThat(folder.root().resolve("strimzi.yaml"))
                .hasContent(
                        "    namespace: strimzi\n            - {name: STRIMZI_NAMESPACE, value: \"*\"}\n    last\n");
        assertThat(calls())
                .filteredOn(call -> call.contains("create clusterrolebinding"))
                .hasSize(3);
    }

    @Test
    void sinkOfDeadLettersGetsTheLimitOfItsTopic() throws Exception {
        run();

        assertThat(folder.root().resolve("replaced")).hasContent("max.request.size=6291456\n");
    }

    @Test
    void everyMissingProgramIsNamedWithItsRemedy() throws Exception {
        for (String program : List.of("docker", "kind", "kubectl", "curl")) {
            Files.delete(folder.root().resolve("bin").resolve(program));
        }

        assertThat(run()).isEqualTo(new Ended(1, """
                        These programs are not on the PATH:
                          docker: https://docs.docker.com/engine/install/
                          kind: https://kind.sigs.k8s.io/docs/user/quick-start/#installation
                          kubectl: https://kubernetes.io/docs/tasks/tools/
                          curl: https://curl.se/download.html
                        """));
    }

    @Test
    void dockerThatDoesNotRunIsReportedBeforeAnythingIsCreated() throws Exception {
        folder.write("bin/docker", "#!/bin/bash\nexit 1\n");

        assertThat(run()).isEqualTo(new Ended(1, "docker does not answer. Start it: docker info shows why\n"));
        assertThat(folder.root().resolve("calls")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"elastic-system", "keda", "knative-eventing"})
    void nextRunContinuesAfterARepair(String namespace) throws Exception {
        folder.write("broken", namespace + "\n");
        Ended first = run();
        assertThat(first.code()).isEqualTo(1);
        assertThat(first.printed())
                .endsWith(namespace + ": not ready after 15m. See: kubectl -n " + namespace + " get pods\n");

        Files.delete(folder.root().resolve("broken"));
        Ended second = run();

        assertThat(second.code()).as(second.printed()).isZero();
        assertThat(second.printed()).startsWith("cluster rowcast exists\n");
        assertThat(calls()).filteredOn(call -> call.startsWith("kind create")).hasSize(1);
    }

    @Test
    void addressThatCannotBeReadIsNamed() throws Exception {
        String keda = "https://github.com/kedacore/keda/releases/download/v2.18.1/keda-2.18.1.yaml";
        folder.write("broken", keda + "\n");

        Ended ended = run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.printed()).endsWith(keda + " cannot be downloaded\n");
    }

    @Test
    void rowThatIsNeverScoredIsAFailure() throws Exception {
        folder.write("unscored", "");

        Ended ended = run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.printed())
                .endsWith("Row 0001-HELLO has no prediction after five minutes."
                        + " What each station does: make status\n");
    }

    private Ended run() throws Exception {
        Map<String, String> environment =
                new HashMap<>(Map.of("PATH", folder.root().resolve("bin").toString()));
        for (String variable : List.of("KIND", "VERSION", "PATIENCE")) {
            environment.put(variable, "");
        }
        return folder.run(environment, "scripts/kind");
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.root().resolve("calls"));
    }

    private static List<String> namespacesIn(String folder) throws IOException {
        return Pattern.compile("\"kubernetes.io/metadata.name\":\"([\\w-]+)\"")
                .matcher(Rendered.folder(Checkout.find().root(), folder).toString())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static Path installed(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
