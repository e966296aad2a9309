package dev.rowcast.local.knative.serving;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everything about one Knative Service that its activator must know.
///
/// @param command     the function's process, program first
/// @param directory   working directory of the process, the image's root on a cluster
/// @param environment of the process, on top of the stand-in's own; the port is added at each start
/// @param scale       bounds of the process
/// @param readyPath   answers 200 when the function takes requests
/// @param logFile     takes what the process prints
public record ServicePlan(
        String name,
        List<String> command,
        Path directory,
        Map<String, String> environment,
        Scale scale,
        String readyPath,
        Path logFile) {

    /// The same with more variables, which win.
    ServicePlan with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new ServicePlan(name, command, directory, all, scale, readyPath, logFile);
    }

    /// When a process is wanted, and how many requests it gets at a time.
    ///
    /// @param concurrency requests at a time, 0 for any number (`containerConcurrency`)
    /// @param alwaysOn    the Service wants at least one instance (`min-scale`)
    /// @param idle        time without a request after which the process is stopped
    /// @param grace       time between SIGTERM and SIGKILL
    /// @param hold        longest wait of a request for a process that does not get ready
    public record Scale(int concurrency, boolean alwaysOn, Duration idle, Duration grace, Duration hold) {}
}
