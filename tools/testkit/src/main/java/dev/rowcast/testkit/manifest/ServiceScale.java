package dev.rowcast.testkit.manifest;

import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import dev.rowcast.testkit.manifest.yaml.ManifestException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Number of instances of a function, from the annotations of a Knative `Service`'s template.
///
/// @param min smallest number of instances; 0 stops an idle function
/// @param max largest number of instances, 0 for no limit
/// @param idle time without a request until the last instance stops: the stable window and the retention
///     after it
public record ServiceScale(int min, int max, Duration idle) {
    private static final String PATH = "spec.template.metadata.annotations.";
    private static final String PREFIX = "autoscaling.knative.dev/";
    private static final List<String> KNOWN = Stream.of(
                    "class", "metric",
                    "min-scale", "max-scale",
                    "initial-scale", "activation-scale",
                    "target", "target-utilization-percentage",
                    "target-burst-capacity", "scale-down-delay",
                    "panic-window-percentage", "panic-threshold-percentage",
                    "window", "scale-to-zero-pod-retention-period")
            .map(PREFIX::concat)
            .toList();

    static ServiceScale of(ObjectMeta metadata, ManifestDocument document) {
        Map<String, String> annotations =
                metadata == null || metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
        for (String annotation : annotations.keySet()) {
            if (annotation.startsWith(PREFIX) && !KNOWN.contains(annotation)) {
                throw new ManifestException(document.file() + ": " + annotation
                        + " is no annotation of the autoscaler; known are " + String.join(", ", KNOWN));
            }
        }
        Duration window = duration(annotations, "window", "60s", document);
        if (window.compareTo(Duration.ofSeconds(6)) < 0 || window.compareTo(Duration.ofHours(1)) > 0) {
            throw document.wrong(PATH + PREFIX + "window", annotations.get(PREFIX + "window"), "6s to 1h");
        }
        return new ServiceScale(
                count(annotations, "min-scale", document),
                count(annotations, "max-scale", document),
                window.plus(duration(annotations, "scale-to-zero-pod-retention-period", "0s", document)));
    }

    private static int count(Map<String, String> annotations, String name, ManifestDocument document) {
        String text = annotations.getOrDefault(PREFIX + name, "0");
        if (!text.matches("\\d{1,9}")) {
            throw document.wrong(PATH + PREFIX + name, text, "a whole number in quotes, not negative");
        }
        return Integer.parseInt(text);
    }

    /// A Go duration such as `20s` or `1m30s`, which the autoscaler reads.
    private static Duration duration(
            Map<String, String> annotations, String name, String absent, ManifestDocument document) {
        String text = annotations.getOrDefault(PREFIX + name, absent);
        if (!text.matches("(\\d+h)?(\\d+m)?(\\d+(\\.\\d+)?s)?") || text.isEmpty()) {
            throw document.wrong(PATH + PREFIX + name, text, "a duration such as 20s or 1m30s");
        }
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
