package dev.rowcast.proof.bench.figure;

import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.testkit.station.Station;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// CPU time and memory of the processes of a system, by name. Functions at zero are not included.
public final class ProcessUsage {

    private static final String LAUNCHER = "launcher (stand-in for Knative)";

    private ProcessUsage() {}

    /// {@return the increase of each value since `earlier`}
    public static Map<String, Double> difference(Map<String, Double> now, Map<String, Double> earlier) {
        Map<String, Double> difference = new LinkedHashMap<>();
        now.forEach((name, value) -> difference.put(name, value - earlier.getOrDefault(name, 0.0)));
        return difference;
    }

    /// {@return the sum over all processes}
    public static double sum(Map<String, Double> values) {
        return values.values().stream().mapToDouble(d -> d).sum();
    }

    /// {@return a value of each process of the system; what is left is the launcher's}
    ///
    /// @param value of a process and its descendants, by the number of the process
    public static Map<String, Double> measure(LocalSystem system, ToDoubleFunction<Long> value) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Station station : system.stations().all()) {
            values.put(station.name(), value.applyAsDouble(station.pid()));
        }
        for (String function : system.functions()) {
            system.activators()
                    .get(function)
                    .status()
                    .pid()
                    .ifPresent(pid -> values.put(function, value.applyAsDouble(pid)));
        }
        // Stations and functions are descendants of the launcher, so its value includes theirs.
        values.put(LAUNCHER, value.applyAsDouble(ProcessHandle.current().pid()) - sum(values));
        return values;
    }
}
