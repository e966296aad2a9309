package dev.rowcast.testkit.manifest;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A function, from a Knative `Service`.
///
/// @param name its name
/// @param function what is in its image, such as `predictor`
/// @param environment its variables, in the manifest's order
/// @param scale when it runs
/// @param concurrency requests that one instance takes at a time, 0 for any number
/// @param timeout longest time that a request may take
/// @param port the port it listens on in its container
/// @param readyPath path that answers 200 when the function takes requests
public record KnativeServiceManifest(
        String name,
        String function,
        List<EnvironmentVariable> environment,
        ServiceScale scale,
        int concurrency,
        Duration timeout,
        int port,
        String readyPath) {

    private static final Pattern IMAGE = Pattern.compile("(?:[^@]*/)?([a-z0-9-]+)(?::[^/:@]+)?(?:@.*)?");

    /// Copies the list.
    public KnativeServiceManifest {
        environment = List.copyOf(environment);
    }

    static KnativeServiceManifest of(Field document) {
        Field template = document.at("spec")
                .knowing("template", "traffic")
                .at("template")
                .knowing("metadata", "spec");
        Field pod = template.at("spec")
                .knowing(
                        "containerConcurrency",
                        "timeoutSeconds",
                        "responseStartTimeoutSeconds",
                        "idleTimeoutSeconds",
                        "enableServiceLinks",
                        "automountServiceAccountToken",
                        "serviceAccountName",
                        "securityContext",
                        "containers",
                        "volumes");
        List<Field> containers = pod.at("containers").items();
        if (containers.size() != 1) {
            throw pod.at("containers").wrong("one container");
        }
        Field container = containers
                .getFirst()
                .knowing(
                        "name",
                        "image",
                        "ports",
                        "env",
                        "readinessProbe",
                        "livenessProbe",
                        "startupProbe",
                        "resources",
                        "securityContext",
                        "volumeMounts");
        return new KnativeServiceManifest(
                document.at("metadata").at("name").text(),
                function(container.at("image")),
                container.at("env").items().stream()
                        .map(KnativeServiceManifest::variable)
                        .toList(),
                ServiceScale.of(template.orEmpty("metadata").orEmpty("annotations")),
                pod.find("containerConcurrency").map(Field::count).orElse(0),
                Duration.ofSeconds(pod.find("timeoutSeconds").map(Field::count).orElse(300)),
                container.at("ports").items().getFirst().at("containerPort").count(),
                container.at("readinessProbe").at("httpGet").at("path").text());
    }

    private static String function(Field image) {
        Matcher matcher = IMAGE.matcher(image.text());
        if (!matcher.matches()) {
            throw image.wrong("an image such as rowcast/predictor:0.1.0");
        }
        return matcher.group(1);
    }

    private static EnvironmentVariable variable(Field entry) {
        String name = entry.knowing("name", "value", "valueFrom").at("name").text();
        if (entry.find("valueFrom").isEmpty()) {
            return new EnvironmentVariable.Literal(name, entry.at("value").text());
        }
        Field secret =
                entry.at("valueFrom").knowing("secretKeyRef").at("secretKeyRef").knowing("name", "key", "optional");
        return new EnvironmentVariable.FromSecret(
                name, secret.at("name").text(), secret.at("key").text());
    }
}
