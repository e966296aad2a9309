package dev.rowcast.testkit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.folder.Checkout;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/// A cluster that is a folder, and a kubectl that reads and writes the folder: the resource file
/// `cluster/kubectl` describes what it contains. It refuses calls that it does not know.
record FakeCluster(Path folder) {

    private static final Path ROOT = Checkout.find().root();
    private static final Path KUBECTL = ROOT.resolve("tools/testkit/tests/src/test/resources/cluster/kubectl");

    /// The kinds of the manifests, except those of the Prometheus operator.
    static final List<String> OPERATORS = List.of(
            "clusters.postgresql.cnpg.io",
            "kafkas.kafka.strimzi.io",
            "kafkausers.kafka.strimzi.io",
            "kafkatopics.kafka.strimzi.io",
            "kafkaconnects.kafka.strimzi.io",
            "kafkaconnectors.kafka.strimzi.io",
            "elasticsearches.elasticsearch.k8s.elastic.co",
            "kibanas.kibana.k8s.elastic.co",
            "services.serving.knative.dev",
            "kafkasources.sources.knative.dev",
            "kafkasinks.eventing.knative.dev",
            "scaledobjects.keda.sh");

    private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

    /// Exit code and output of a program.
    record Result(int code, String output) {}

    /// {@return a cluster with everything that the laptop overlay needs}
    static FakeCluster complete(Path folder) throws IOException {
        FakeCluster cluster = empty(folder)
                .with("server", "v1.34.0")
                .with("storageclass", "true\n")
                .with("kourier-system/service/kourier-internal", "")
                .with(
                        "configmap/knative-serving/config-network/ingress-class",
                        "kourier.ingress.networking.knative.dev")
                .with("configmap/knative-eventing/config-kafka-features/controller-autoscaler-keda", "enabled")
                .with(
                        "configmap/knative-eventing/config-kafka-sink-data-plane/config-kafka-sink-producer.properties",
                        "acks=1\nmax.request.size=6291456\nlinger.ms=0\n");
        for (String kind : OPERATORS) {
            cluster.with("crd/" + kind, "");
        }
        return cluster;
    }

    /// {@return a cluster that nothing is installed in, and whose server does not answer}
    static FakeCluster empty(Path folder) throws IOException {
        FakeCluster cluster = new FakeCluster(folder).with("storageclass", "").with("calls", "");
        for (String overlay : List.of("laptop", "production")) {
            if (!RENDERED.containsKey(overlay)) {
                RENDERED.put(overlay, Rendered.print(ROOT, "overlays/" + overlay));
            }
            cluster.with("rendered/" + overlay, RENDERED.get(overlay));
        }
        return cluster;
    }

    FakeCluster with(String file, String content) throws IOException {
        FileUtils.writeStringToFile(folder.resolve(file).toFile(), content, UTF_8);
        return this;
    }

    FakeCluster without(String path) throws IOException {
        FileUtils.forceDelete(folder.resolve(path).toFile());
        return this;
    }

    boolean has(String path) {
        return Files.exists(folder.resolve(path));
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    /// {@return the resources in the namespace of Rowcast, by kind and name}
    Map<String, String> resources() throws IOException {
        Path namespace = folder.resolve("rowcast");
        Map<String, String> found = new TreeMap<>();
        for (File file : FileUtils.listFiles(namespace.toFile(), null, true)) {
            found.put(namespace.relativize(file.toPath()).toString(), Files.readString(file.toPath()));
        }
        return found;
    }

    /// {@return the calls of kubectl, each with its arguments}
    List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    /// Runs `make deploy`, `make status` or `make undeploy`.
    Result cluster(String command, String... variables) throws IOException, InterruptedException {
        return bash("exec scripts/cluster " + command, variables);
    }

    /// Runs commands that a user would type into a shell.
    Result bash(String commands, String... variables) throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                .directory(ROOT.toFile())
                .redirectErrorStream(true);
        bash.environment().put("PATH", KUBECTL.getParent() + ":" + System.getenv("PATH"));
        bash.environment().put("CLUSTER", folder.toString());
        bash.environment().put("REGISTRY", "ghcr.io/you");
        for (String variable : variables) {
            bash.environment().put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
        }
        Process process = bash.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Result(process.exitValue(), output);
    }
}
