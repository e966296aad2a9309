package dev.rowcast.testkit.station;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.folder.DataFolder;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.process.StationProcess;
import dev.rowcast.testkit.program.JavaProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A real server of the system as a child process. It can be started, stopped, killed, frozen, and started
/// again on the same data and the same port.
///
/// It ends with this JVM, also when the JVM is killed. Its methods may be called from any thread; a `close`
/// during a `start` makes the start fail.
public abstract class Station implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofMinutes(4);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY_PATIENCE = Duration.ofSeconds(20);

    /// Log lines of failures that a retry cures: another process took the port after it was chosen, or the
    /// memory of a killed server is not released yet.
    private static final List<String> TRANSIENT = List.of("Address already in use", "pre-existing shared memory block");

    final DataFolder folder;
    final int port;
    final Checkout checkout = Checkout.find();

    private final String name;
    private final String id;
    private final Object lifecycle = new Object();
    private volatile Optional<StationProcess> process = Optional.empty();
    private boolean closed;

    /// @param name the name in messages
    /// @param id the name in file names
    /// @param folder its data folder, created if it is missing, locked until [#close]
    /// @param port the port of its clients, or 0 for any free port
    Station(String name, String id, Path folder, int port) {
        this.name = name;
        this.id = id;
        this.folder = DataFolder.open(folder);
        this.port = Port.choose(port);
    }

    /// Starts a new station, and closes it when the start fails.
    static <S extends Station> S started(S station) {
        try {
            station.start();
            return station;
        } catch (StationFailure failure) {
            station.close();
            throw failure;
        }
    }

    /// The command to run; called before each start.
    abstract Launch launch();

    /// The launch of a Java program that the build left in a folder.
    final Launch java(String target, String mainClass, List<String> arguments) {
        JavaProgram program = JavaProgram.builtIn(checkout.resolve(target), mainClass);
        return Launch.of(name, program.command(checkout.cache(), id, arguments), folder.path(), log());
    }

    /// Returns whether it serves clients; called repeatedly during a start.
    abstract boolean isReady();

    /// The signal that makes it stop in order.
    Signal stopSignal() {
        return Signal.TERM;
    }

    /// {@return the address for clients, as `host:port` or a URL}
    public String address() {
        return "127.0.0.1:" + port;
    }

    /// {@return the port of [#address] on 127.0.0.1}
    public final int port() {
        return port;
    }

    /// {@return the file with the output of all its runs}
    public final Path log() {
        return folder.resolve(id + ".log");
    }

    /// {@return its name, for messages}
    public final String name() {
        return name;
    }

    /// Starts it and waits until it serves clients; does nothing when it already does.
    ///
    /// @throws StationFailure when it ends early, with its last log lines; or is not ready within
    ///     four minutes
    public final void start() {
        long retryUntil = System.nanoTime() + RETRY_PATIENCE.toNanos();
        while (true) {
            StationProcess child = spawn();
            if (awaitReady(child)) {
                return;
            }
            boolean isTransient =
                    TRANSIENT.stream().anyMatch(text -> child.log().contains(text));
            if (!isTransient || System.nanoTime() > retryUntil) {
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

    private boolean awaitReady(StationProcess child) {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (child.alive()) {
            if (isReady()) {
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

    /// {@return true while its process is alive, frozen or not}
    public final boolean running() {
        return process.filter(StationProcess::alive).isPresent();
    }

    /// {@return the id of its process}
    ///
    /// @throws StationFailure when it does not run
    public final long pid() {
        return living().pid();
    }

    /// Stops it in order, and kills it after 40 s. Its data stays. Does nothing when it does not run.
    public final void stop() {
        process.filter(StationProcess::alive).ifPresent(child -> {
            child.signalAll(Signal.CONT);
            child.signal(stopSignal());
            if (!child.awaitEnd(STOP_PATIENCE)) {
                child.kill(KILL_PATIENCE);
            }
        });
    }

    /// Kills it as a power failure would, and waits until all its processes are gone. Does nothing when it
    /// does not run.
    public final void kill() {
        process.filter(StationProcess::alive).ifPresent(child -> child.kill(KILL_PATIENCE));
    }

    /// Suspends it: connections stay open without an answer.
    public final void freeze() {
        living().signalAll(Signal.STOP);
    }

    /// Ends a [#freeze].
    public final void resume() {
        living().signalAll(Signal.CONT);
    }

    /// Stops it for good and releases its data folder.
    @Override
    public final void close() {
        synchronized (lifecycle) {
            if (closed) {
                return;
            }
            closed = true;
        }
        stop();

        folder.close();
    }

    private StationProcess living() {
        return process.filter(StationProcess::alive).orElseThrow(() -> new StationFailure(name + " does not run"));
    }
}
