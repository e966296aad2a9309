package dev.rowcast.testkit.station;

import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.process.StationProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A real part of the system, run as a child process: started, stopped, killed, frozen, started again on the same data
/// and the same port.
///
/// It ends with this JVM, however that ends. Its methods may be called from any thread; a `close` during a `start`
/// makes the start fail.
public abstract class Station implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofMinutes(4);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY_PATIENCE = Duration.ofSeconds(20);

    /// What passes by itself: a port that somebody took between its choice and its use, memory of a server that was
    /// killed a moment ago.
    private static final List<String> PASSING = List.of("Address already in use", "pre-existing shared memory block");

    private final String name;
    private final Object lifecycle = new Object();
    private volatile Optional<StationProcess> process = Optional.empty();
    private boolean closed;

    Station(String name) {
        this.name = name;
    }

    /// What to run now; called before each start.
    abstract Launch launch();

    /// Whether it does its work; called again and again until it does.
    abstract boolean answers();

    /// The signal that asks it to end gracefully.
    abstract Signal goodbye();

    /// Gives back what only a living station needs.
    abstract void release();

    /// {@return the address that clients use, as `host:port` or a URL}
    public abstract String address();

    /// {@return the file with everything it printed, over all its runs}
    public abstract Path log();

    /// {@return its name as people say it}
    public final String name() {
        return name;
    }

    /// Starts it and waits until it does its work; nothing when it already does.
    ///
    /// @throws StationFailure when it ends early, with its last log lines; or does not answer within four minutes
    public final void start() {
        long retryUntil = System.nanoTime() + RETRY_PATIENCE.toNanos();
        while (true) {
            StationProcess child = spawn();
            if (awaitAnswer(child)) {
                return;
            }
            boolean passes = PASSING.stream().anyMatch(text -> child.log().contains(text));
            if (!passes || System.nanoTime() > retryUntil) {
                throw ended(child);
            }
            StationProcess.pause();
        }
    }

    private StationProcess spawn() {
        synchronized (lifecycle) {
            if (closed) {
                throw new StationFailure(name + " is closed");
            }
            StationProcess child =
                    process.filter(StationProcess::alive).orElseGet(() -> StationProcess.spawn(launch()));
            process = Optional.of(child);
            return child;
        }
    }

    private boolean awaitAnswer(StationProcess child) {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (child.alive()) {
            if (answers()) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                child.kill(KILL_PATIENCE);
                throw new StationFailure(
                        name + " did not answer within " + START_PATIENCE.toSeconds() + " s" + lastLines(child));
            }
            StationProcess.pause();
        }
        return false;
    }

    private StationFailure ended(StationProcess child) {
        return new StationFailure(name + " ended with exit code "
                + child.exitCode().orElse(-1) + " before it was ready" + lastLines(child));
    }

    private static String lastLines(StationProcess child) {
        return ". The last lines of " + child.log().file() + ":\n"
                + String.join("\n", child.log().lastLines(20));
    }

    /// {@return true while its process lives, frozen or not}
    public final boolean running() {
        return process.filter(StationProcess::alive).isPresent();
    }

    /// {@return the id of its process}
    ///
    /// @throws StationFailure when it does not run
    public final long pid() {
        return living().pid();
    }

    /// Asks it to end, waits, and kills it when it does not within 40 s. Its data stays; nothing when it does not run.
    public final void stop() {
        process.filter(StationProcess::alive).ifPresent(child -> {
            child.signalAll(Signal.CONT);
            child.signal(goodbye());
            if (!child.awaitEnd(STOP_PATIENCE)) {
                child.kill(KILL_PATIENCE);
            }
        });
    }

    /// Kills it as a power failure would, and waits until nothing of it is left; nothing when it does not run.
    public final void kill() {
        process.filter(StationProcess::alive).ifPresent(child -> child.kill(KILL_PATIENCE));
    }

    /// Makes it stand still: connections stay open and nobody answers.
    public final void freeze() {
        living().signalAll(Signal.STOP);
    }

    /// Ends a [#freeze].
    public final void resume() {
        living().signalAll(Signal.CONT);
    }

    /// Stops it for good and lets others have its data folder.
    @Override
    public final void close() {
        synchronized (lifecycle) {
            if (closed) {
                return;
            }
            closed = true;
        }
        stop();
        release();
    }

    private StationProcess living() {
        return process.filter(StationProcess::alive).orElseThrow(() -> new StationFailure(name + " does not run"));
    }
}
