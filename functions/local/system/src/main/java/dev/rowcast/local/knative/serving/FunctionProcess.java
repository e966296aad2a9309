package dev.rowcast.local.knative.serving;

import dev.rowcast.local.process.Launch;
import dev.rowcast.local.process.Port;
import dev.rowcast.local.process.Signal;
import dev.rowcast.local.process.StationFailure;
import dev.rowcast.local.process.StationProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// One process of a function, from its start to its end.
final class FunctionProcess {

    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);
    private static final int SHOWN_LINES = 25;

    private final StationProcess process;
    private final int port;

    private FunctionProcess(StationProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts a process on a free port of 127.0.0.1. It ends with this program, however that ends.
    ///
    /// @throws StationFailure when it cannot be run at all
    static FunctionProcess start(ServicePlan plan) {
        int port = Port.choose(0);
        Map<String, String> environment = new HashMap<>(plan.environment());
        environment.put("PORT", Integer.toString(port));
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        Launch launch = Launch.of(plan.name(), plan.command(), plan.directory(), plan.logFile())
                .withEnvironment(environment);
        return new FunctionProcess(StationProcess.spawn(launch), port);
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.alive();
    }

    /// Completes with the exit code when the process has ended.
    CompletableFuture<Integer> ended() {
        return process.ended();
    }

    /// The last lines that it printed.
    String lastLines() {
        return String.join("\n", process.log().lastLines(SHOWN_LINES));
    }

    /// SIGTERM, and SIGKILL when that is not enough. Returns when the process has ended.
    void stop(Duration grace) {
        process.signal(Signal.TERM);
        if (!process.awaitEnd(grace)) {
            kill();
        }
    }

    /// SIGKILL at once. Returns when the process has ended.
    void kill() {
        process.kill(KILL_PATIENCE);
    }
}
