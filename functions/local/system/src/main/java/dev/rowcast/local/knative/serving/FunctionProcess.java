package dev.rowcast.local.knative.serving;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One process of a function, from its start to its end.
final class FunctionProcess {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    private final Process process;
    private final int port;
    private final LastLines lastLines;

    private FunctionProcess(Process process, int port, LastLines lastLines) {
        this.process = process;
        this.port = port;
        this.lastLines = lastLines;
    }

    /// Starts a process on a free port of 127.0.0.1.
    ///
    /// Call it from a thread that lives as long as this program: on Linux the process dies with the thread that
    /// started it, so that not even `kill -9` of this program leaves one behind.
    static FunctionProcess start(ServicePlan plan) throws IOException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(boundToThisProgram(plan.command()))
                .directory(plan.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(plan.environment());
        builder.environment()
                .putAll(Map.of(
                        "PORT", Integer.toString(port),
                        "QUARKUS_HTTP_PORT", Integer.toString(port),
                        "QUARKUS_HTTP_HOST", "127.0.0.1"));
        Files.createDirectories(plan.logFile().getParent());
        Process process = builder.start();
        process.getOutputStream().close();
        return new FunctionProcess(process, port, new LastLines(process.getInputStream(), plan.logFile(), plan.name()));
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Completes with the exit code when the process has ended.
    CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /// The last lines that it printed.
    String lastLines() {
        return lastLines.text();
    }

    /// Waits, after its end, for what it printed last.
    void awaitLastLines() throws InterruptedException {
        lastLines.await();
    }

    /// SIGTERM, and SIGKILL when that is not enough. Returns when the process has ended.
    void stop(Duration grace) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    /// SIGKILL at once.
    void kill() {
        process.destroyForcibly();
    }

    private static List<String> boundToThisProgram(List<String> command) {
        if (!Files.isExecutable(SETPRIV)) {
            return command;
        }
        // The shell closes the gap between fork and setpriv, in which this program could have died unnoticed.
        List<String> bound = new ArrayList<>(List.of(
                SETPRIV.toString(), "--pdeathsig", "KILL", "--", "/bin/sh", "-c", "[ $PPID = $0 ] && exec \"$@\""));
        bound.add(Long.toString(ProcessHandle.current().pid()));
        bound.addAll(command);
        return bound;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
