package dev.rowcast.local.knative.serving;

import dev.rowcast.testkit.manifest.KnativeServiceManifest.Liveness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The configuration of one Knative Service for its activator.
///
/// @param command     command line of the function's process, asked for before each start
/// @param directory   working directory of the process; on a cluster the root of the image
/// @param environment variables added to those of this JVM; each start adds the port
/// @param scale       when the process runs, and its concurrency
/// @param readyPath   path of the readiness probe
/// @param liveness    probe after whose failures the process is replaced; empty for never
/// @param logFile     file for the output of the process
public record ServicePlan(
        String name,
        Supplier<List<String>> command,
        Path directory,
        Map<String, String> environment,
        Scale scale,
        String readyPath,
        Optional<Liveness> liveness,
        Path logFile) {

    /// This plan with more variables, which override its own.
    ServicePlan with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new ServicePlan(name, command, directory, all, scale, readyPath, liveness, logFile);
    }

    /// Scaling and concurrency.
    ///
    /// @param concurrency requests at a time, 0 for no limit (`containerConcurrency`)
    /// @param alwaysOn    at least one instance runs (`min-scale`)
    /// @param idle        time without a request after which the process is stopped
    /// @param grace       time that the process has to stop, with its requests in progress
    /// @param hold        longest wait of a request for a ready process
    public record Scale(int concurrency, boolean alwaysOn, Duration idle, Duration grace, Duration hold) {}
}
