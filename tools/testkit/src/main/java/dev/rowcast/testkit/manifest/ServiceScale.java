package dev.rowcast.testkit.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// When a function runs, from the annotations of a Knative `Service`'s template.
///
/// @param min instances at least; 0 lets it go when it is idle
/// @param max instances at most, 0 for any number
/// @param idle time without a request after which the last instance goes: the stable window and the retention after it
public record ServiceScale(int min, int max, Duration idle) {
    private static final String PREFIX = "autoscaling.knative.dev/";
    private static final List<String> KNOWN = List.of(
            PREFIX + "class",
            PREFIX + "metric",
            PREFIX + "min-scale",
            PREFIX + "max-scale",
            PREFIX + "initial-scale",
            PREFIX + "activation-scale",
            PREFIX + "target",
            PREFIX + "target-utilization-percentage",
            PREFIX + "target-burst-capacity",
            PREFIX + "scale-down-delay",
            PREFIX + "panic-window-percentage",
            PREFIX + "panic-threshold-percentage",
            PREFIX + "window",
            PREFIX + "scale-to-zero-pod-retention-period");

    static ServiceScale of(Field annotations) {
        for (Map.Entry<String, Field> annotation : annotations.entries().entrySet()) {
            if (annotation.getKey().startsWith(PREFIX) && !KNOWN.contains(annotation.getKey())) {
                throw new ManifestException(annotations.file() + ": " + annotation.getKey()
                        + " is no annotation of the autoscaler; known are " + String.join(", ", KNOWN));
            }
        }
        Duration window =
                annotations.find(PREFIX + "window").map(Field::goDuration).orElse(Duration.ofSeconds(60));
        if (window.compareTo(Duration.ofSeconds(6)) < 0 || window.compareTo(Duration.ofHours(1)) > 0) {
            throw annotations.at(PREFIX + "window").wrong("6s to 1h");
        }
        Duration retention = annotations
                .find(PREFIX + "scale-to-zero-pod-retention-period")
                .map(Field::goDuration)
                .orElse(Duration.ZERO);
        return new ServiceScale(
                annotations.find(PREFIX + "min-scale").map(Field::countInText).orElse(0),
                annotations.find(PREFIX + "max-scale").map(Field::countInText).orElse(0),
                window.plus(retention));
    }
}
