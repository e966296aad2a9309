package dev.rowcast.local.knative.serving;

import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// One process of a function. It ends at the latest when this JVM ends, even if the JVM is killed.
record FunctionProcess(StationProcess child, int port) {

    private static final Duration KILL_PATIENCE = Duration.ofSeconds(30);
    private static final int LAST_LINES = 25;

    /// Below the stores: a start of a function must not slow down the stores that all functions wait for.
    private static final int NICE = 5;

    /// Starts a process on a free port of 127.0.0.1.
    ///
    /// @throws dev.rowcast.testkit.process.StationFailure when the program cannot be started
    static FunctionProcess start(ServicePlan plan) {
        int port = Port.choose(0);
        Map<String, String> environment = new HashMap<>(plan.environment());
        environment.put("PORT", Integer.toString(port));
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        Launch launch = Launch.of("function " + plan.name(), plan.command().get(), plan.directory(), plan.logFile());
        return new FunctionProcess(
                StationProcess.spawn(launch.withEnvironment(environment).withNice(NICE)), port);
    }

    long pid() {
        return child.pid();
    }

    /// The exit code, or 128 + the signal that ended the process.
    ///
    /// @throws IllegalStateException while the process runs
    int exitCode() {
        return child.exitCode().orElseThrow(() -> new IllegalStateException("process " + pid() + " still runs"));
    }

    /// The last lines of its output.
    String lastLines() {
        return String.join("\n", child.log().lastLines(LAST_LINES));
    }

    /// Sends SIGTERM, and SIGKILL after the given time. Returns when the process has ended.
    void stop(Duration grace) {
        child.signal(Signal.TERM);
        if (!child.awaitEnd(grace)) {
            kill();
        }
    }

    /// Sends SIGKILL. Returns when the process has ended.
    void kill() {
        child.kill(KILL_PATIENCE);
    }
}
