package dev.rowcast.testkit.manifest;

import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import dev.rowcast.testkit.manifest.yaml.ManifestException;
import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.RevisionTemplateSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A function, from a Knative `Service`.
///
/// @param name of the service
/// @param function name of the function in its image, such as `predictor`
/// @param environment its variables, in the order of the manifest
/// @param scale number of instances
/// @param concurrency requests that one instance processes at the same time, 0 for no limit
/// @param timeout of one request
/// @param port on which the container listens
/// @param readyPath path that answers 200 when the function accepts requests
/// @param liveness when the platform replaces a process that no longer responds; empty for never
public record KnativeServiceManifest(
        String name,
        String function,
        List<EnvironmentVariable> environment,
        ServiceScale scale,
        int concurrency,
        Duration timeout,
        int port,
        String readyPath,
        Optional<Liveness> liveness) {

    /// The liveness probe. The defaults are those of Kubernetes.
    ///
    /// @param path that answers 2xx while the process is healthy
    /// @param period time between two probes
    /// @param timeout of one probe
    /// @param failures failed probes in a row after which the process is replaced
    public record Liveness(String path, Duration period, Duration timeout, int failures) {}

    private static final Pattern IMAGE = Pattern.compile("(?:[^@]*/)?([a-z0-9-]+)(?::[^/:@]+)?(?:@.*)?");
    private static final String POD = "spec.template.spec.";
    private static final String CONTAINER = POD + "containers[0].";

    /// Copies the list.
    public KnativeServiceManifest {
        environment = List.copyOf(environment);
    }

    static KnativeServiceManifest of(ManifestDocument document) {
        ServiceSpec spec = document.required(document.as(Service.class).getSpec(), "spec");
        RevisionTemplateSpec template = document.required(spec.getTemplate(), "spec.template");
        RevisionSpec pod = document.required(template.getSpec(), "spec.template.spec");
        if (pod.getContainers().size() != 1) {
            throw document.wrong(
                    POD + "containers", document.body().at("/spec/template/spec/containers"), "one container");
        }
        Container container = pod.getContainers().getFirst();
        if (container.getPorts().isEmpty()) {
            throw document.missing(CONTAINER + "ports[0]");
        }
        if (!container.getCommand().isEmpty()
                || !container.getArgs().isEmpty()
                || !container.getEnvFrom().isEmpty()) {
            throw new ManifestException(
                    document.file() + ": a local run does not support command, args and envFrom of a container");
        }
        return new KnativeServiceManifest(
                document.metadata("name"),
                function(document.required(container.getImage(), CONTAINER + "image"), document),
                container.getEnv().stream()
                        .map(variable -> variable(variable, document))
                        .toList(),
                ServiceScale.of(template.getMetadata(), document),
                pod.getContainerConcurrency() == null
                        ? 0
                        : document.count(pod.getContainerConcurrency(), POD + "containerConcurrency"),
                Duration.ofSeconds(
                        pod.getTimeoutSeconds() == null
                                ? 300
                                : document.count(pod.getTimeoutSeconds(), POD + "timeoutSeconds")),
                document.count(
                        container.getPorts().getFirst().getContainerPort(), CONTAINER + "ports[0].containerPort"),
                readyPath(container, document),
                liveness(container, document));
    }

    private static String function(String image, ManifestDocument document) {
        Matcher matcher = IMAGE.matcher(image);
        if (!matcher.matches()) {
            throw document.wrong(CONTAINER + "image", image, "an image such as rowcast/predictor:0.1.0");
        }
        return matcher.group(1);
    }

    private static EnvironmentVariable variable(EnvVar variable, ManifestDocument document) {
        String name = document.required(variable.getName(), CONTAINER + "env.name");
        String path = CONTAINER + "env[" + name + "].";
        if (variable.getValueFrom() == null) {
            return new EnvironmentVariable.Literal(name, document.required(variable.getValue(), path + "value"));
        }
        path += "valueFrom.secretKeyRef";
        SecretKeySelector secret = document.required(variable.getValueFrom().getSecretKeyRef(), path);
        return new EnvironmentVariable.FromSecret(
                name,
                document.required(secret.getName(), path + ".name"),
                document.required(secret.getKey(), path + ".key"));
    }

    private static String readyPath(Container container, ManifestDocument document) {
        String path = CONTAINER + "readinessProbe";
        var request = document.required(container.getReadinessProbe(), path).getHttpGet();
        return document.required(document.required(request, path + ".httpGet").getPath(), path + ".httpGet.path");
    }

    private static Optional<Liveness> liveness(Container container, ManifestDocument document) {
        if (container.getLivenessProbe() == null) {
            return Optional.empty();
        }
        String path = CONTAINER + "livenessProbe";
        Probe probe = container.getLivenessProbe();
        String answers = document.required(
                document.required(probe.getHttpGet(), path + ".httpGet").getPath(), path + ".httpGet.path");
        return Optional.of(new Liveness(
                answers,
                seconds(probe.getPeriodSeconds(), 10),
                seconds(probe.getTimeoutSeconds(), 1),
                probe.getFailureThreshold() == null ? 3 : probe.getFailureThreshold()));
    }

    private static Duration seconds(Integer value, int absent) {
        return Duration.ofSeconds(value == null ? absent : value);
    }
}
