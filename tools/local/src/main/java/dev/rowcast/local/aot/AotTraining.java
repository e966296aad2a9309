package dev.rowcast.local.aot;

import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.process.StationProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Writes the missing AOT caches in the background, one after the other, at the lowest priority: starts a
/// process that takes no part in the path, waits until it is ready, sends it an event that it rejects, and
/// stops it. After a training that fails, its function starts without a cache.
public final class AotTraining implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(30);
    private static final int LOWEST = 19;

    /// Exit codes of a JVM that SIGTERM has ended. One that was killed may have written half a cache.
    private static final Set<Integer> ENDED_IN_ORDER = Set.of(0, 143);

    private final Consumer<String> log;
    private final Thread thread;
    private Optional<StationProcess> current = Optional.empty();
    private boolean closed;

    private AotTraining(List<TrainedStart> functions, Consumer<String> log) {
        this.log = log;
        this.thread = Thread.ofVirtual()
                .name("aot-training")
                .unstarted(() -> functions.stream()
                        .filter(function -> !function.cache().exists())
                        .forEach(this::train));
    }

    /// Starts the training of the functions that have no cache.
    ///
    /// @param log receives a line for each training
    public static AotTraining start(List<TrainedStart> functions, Consumer<String> log) {
        AotTraining training = new AotTraining(functions, log);
        training.thread.start();
        return training;
    }

    /// Waits for the end of all trainings.
    public void await() throws InterruptedException {
        thread.join();
    }

    /// Ends a training in progress, which leaves no cache.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            current.ifPresent(AotTraining::kill);
        }
        try {
            await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void train(TrainedStart function) {
        String name = "function " + function.cache().function();
        try {
            if (write(function)) {
                log.accept(name + " has an AOT cache from its next start on");
            }
        } catch (IOException | RuntimeException failure) {
            if (!isClosed()) {
                log.accept(name + " starts without an AOT cache: " + failure.getMessage());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean write(TrainedStart function) throws IOException, InterruptedException {
        int port = Port.choose(0);
        Optional<StationProcess> spawned = spawn(launch(function, port));
        if (spawned.isEmpty()) {
            return false;
        }
        StationProcess process = spawned.orElseThrow();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            TrainedFunction trained = new TrainedFunction(client, URI.create("http://127.0.0.1:" + port + "/"));
            awaitReady(process, trained, function.readyPath());
            trained.sendEvent();
            process.signal(Signal.TERM);
            if (!process.awaitEnd(PATIENCE)) {
                throw new StationFailure("its JVM did not end within " + PATIENCE.toMinutes() + " min");
            }
            int code = process.exitCode().orElseThrow();
            if (!ENDED_IN_ORDER.contains(code)) {
                throw new StationFailure("its JVM ended with " + code);
            }
            function.cache().keep();
            return true;
        } finally {
            kill(process);
            function.cache().discard();
        }
    }

    private static Launch launch(TrainedStart function, int port) {
        Map<String, String> environment = new HashMap<>(function.environment());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        AotCache cache = function.cache();
        return Launch.of(
                        "the training of " + cache.function(),
                        cache.training(function.command()),
                        function.folder(),
                        function.log())
                .withEnvironment(environment)
                .withNice(LOWEST);
    }

    private synchronized Optional<StationProcess> spawn(Launch launch) {
        current = closed ? Optional.empty() : Optional.of(StationProcess.spawn(launch));
        return current;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private static void awaitReady(StationProcess process, TrainedFunction trained, String path)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!trained.isReady(path)) {
            if (!process.alive()) {
                throw new StationFailure(
                        "it ended before it was ready, see " + process.log().file());
            }
            if (System.nanoTime() > deadline) {
                throw new StationFailure("it was not ready within " + PATIENCE.toMinutes() + " min");
            }
            StationProcess.pause();
        }
    }

    /// Kills the process, and the child in which a JVM writes the cache.
    private static void kill(StationProcess process) {
        ProcessHandle.of(process.pid()).ifPresent(root -> root.descendants().forEach(ProcessHandle::destroyForcibly));
        process.kill(KILL_PATIENCE);
    }
}
