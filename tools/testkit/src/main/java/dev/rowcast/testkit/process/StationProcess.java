package dev.rowcast.testkit.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A child process: its signals, its end, and its log.
///
/// It ends with this JVM, also when the JVM is killed. In addition its standard input is closed then, which
/// a child in Java watches.
public final class StationProcess {
    /// The kernel sends the death signal when the *thread* that started the child ends, so one thread that
    /// never ends starts all children.
    private static final ExecutorService SPAWNER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("station-spawner").factory());

    /// References the running children: garbage collection would close their pipes.
    private static final Set<StationProcess> RUNNING = ConcurrentHashMap.newKeySet();

    private static final long LOG_LIMIT_BYTES = 16L << 20;

    private final Launch launch;
    private final Process process;
    private final ProcessLog log;
    private final Optional<Process> watcher;

    private StationProcess(Launch launch, Process process, ProcessLog log, Optional<Process> watcher) {
        this.launch = launch;
        this.process = process;
        this.log = log;
        this.watcher = watcher;
    }

    /// Starts a child process, which appends to its log file.
    ///
    /// @return the child, running or already ended
    /// @throws StationFailure when the program cannot be executed
    public static StationProcess spawn(Launch launch) {
        try {
            return SPAWNER.submit(() -> start(launch)).get();
        } catch (ExecutionException failure) {
            throw new StationFailure(
                    launch.name() + " cannot be started: " + failure.getCause().getMessage(), failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure("The start of " + launch.name() + " was interrupted", interrupted);
        }
    }

    private static StationProcess start(Launch launch) throws IOException {
        Files.createDirectories(launch.log().toAbsolutePath().getParent());
        if (Files.exists(launch.log()) && Files.size(launch.log()) > LOG_LIMIT_BYTES) {
            Path previous = launch.log().resolveSibling(launch.log().getFileName() + ".previous");
            Files.move(launch.log(), previous, StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessLog log = ProcessLog.from(launch.log());
        ProcessBuilder builder = new ProcessBuilder(ChildCommand.wrap(launch))
                .directory(launch.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        StationProcess child = new StationProcess(launch, process, log, ChildCommand.watch(launch, process.pid()));
        RUNNING.add(child);
        child.whenEnded(() -> {
            child.watcher.ifPresent(Process::destroyForcibly);
            RUNNING.remove(child);
        });
        return child;
    }

    /// {@return the id of the process}
    public long pid() {
        return process.pid();
    }

    /// {@return true until the process has ended}
    public boolean alive() {
        return process.isAlive();
    }

    /// {@return the exit code, or 128 + the signal that ended it; empty while it runs}
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /// Sends a signal to this process only; does nothing when it has ended.
    public void signal(Signal signal) {
        send(process.toHandle(), signal);
    }

    /// Sends a signal to this process and then to its descendants.
    public void signalAll(Signal signal) {
        signal(signal);
        process.descendants().forEach(child -> send(child, signal));
    }

    /// Kills this process and waits until it and its descendants have ended.
    ///
    /// @throws StationFailure when one of them still runs after that time
    public void kill(Duration patience) {
        ProcessHandle[] children = process.descendants().toArray(ProcessHandle[]::new);
        process.destroyForcibly();
        if (!awaitEnd(patience)) {
            throw new StationFailure(launch.name() + " (process " + pid() + ") still runs after a kill");
        }
        for (ProcessHandle child : children) {
            try {
                child.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException stays) {
                throw new StationFailure(
                        "Process " + child.pid() + " of " + launch.name() + " still runs after its end", stays);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Waits for the end of the process.
    ///
    /// @return false when it still runs after that time
    public boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Runs a task when the process ends, at once when it has ended already.
    public void whenEnded(Runnable task) {
        CompletableFuture<?> _ = process.onExit().thenRun(task);
    }

    /// {@return the log since its start}
    public ProcessLog log() {
        return log;
    }

    /// Waits 25 ms, between two checks of a condition.
    ///
    /// @throws StationFailure when the thread is interrupted
    public static void pause() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure("Interrupted while waiting for a station", interrupted);
        }
    }

    /// Sends a signal to a process; does nothing when it has ended.
    public static void send(ProcessHandle target, Signal signal) {
        switch (signal) {
            case KILL -> target.destroyForcibly();
            case TERM -> target.destroy();
            case INT, STOP, CONT -> shellKill(target, signal);
        }
    }

    private static void shellKill(ProcessHandle target, Signal signal) {
        try {
            // The builtin of the shell, because small containers have no program `kill`.
            Process shell = new ProcessBuilder(
                            "sh", "-c", "kill -s \"$0\" \"$1\"", signal.name(), Long.toString(target.pid()))
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (shell.waitFor() != 0 && target.isAlive()) {
                throw new StationFailure(
                        "Signal " + signal + " to process " + target.pid() + " failed: " + answer.strip());
            }
        } catch (IOException failure) {
            throw new StationFailure("Signal " + signal + " to process " + target.pid() + " failed", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
