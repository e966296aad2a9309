package dev.rowcast.peers.contender;

import dev.rowcast.peer.PeerSettings;
import dev.rowcast.peers.bed.TestStations;
import dev.rowcast.proof.bench.figure.LinuxProcess;
import dev.rowcast.testkit.process.CpuTime;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationProcess;
import dev.rowcast.testkit.program.JavaProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A running contender.
///
/// @param process its process, which has descendants where the contender starts further ones
public record ContenderProcess(Contender contender, StationProcess process) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Starts a contender.
    ///
    /// @param settings where it reads and writes
    /// @param logs folder of its log
    /// @param arguments of its main class
    public static ContenderProcess start(
            Contender contender, TestStations stations, PeerSettings settings, Path logs, String... arguments) {
        List<String> command =
                contender == Contender.ROWCAST ? ofRowcast(arguments) : ofPeer(contender, stations, arguments);
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.putAll(Map.of(
                "ORT_DISABLE_TELEMETRY",
                "1",
                // Spark would look up the name of this machine.
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                RowcastPath.POSTGRES,
                stations.postgres().uri(),
                RowcastPath.PASSWORD,
                stations.postgres().password("predictor")));
        Launch launch = Launch.of(
                        contender.title(), command, stations.checkout().root(), logs.resolve(contender.id() + ".log"))
                .withEnvironment(environment);
        return new ContenderProcess(contender, StationProcess.spawn(launch));
    }

    private static List<String> ofPeer(Contender contender, TestStations stations, String... arguments) {
        Path target = stations.checkout().resolve("tools/peers/" + contender.id() + "/target");
        return JavaProgram.builtIn(target, contender.mainClass())
                .command(stations.checkout().cache(), "peer-" + contender.id(), List.of(arguments));
    }

    /// With the flags of `make run`.
    private static List<String> ofRowcast(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Contender.ROWCAST.mainClass()));
        command.addAll(List.of(arguments));
        return command;
    }

    /// Memory in MiB, with its descendants.
    public double memory() {
        return LinuxProcess.memoryMebibytes(process.pid());
    }

    /// CPU seconds so far, with its descendants.
    public double cpu() {
        return CpuTime.seconds(process.pid());
    }

    /// Fails unless it runs.
    ///
    /// @throws IllegalStateException with its last lines when it has ended
    public void requireAlive() {
        if (!process.alive()) {
            throw new IllegalStateException(
                    contender.title() + " ended: " + process.log().lastLines(20));
        }
    }

    /// Kills it and its descendants, as a power failure would.
    public void kill() {
        process.kill(PATIENCE);
    }

    /// Waits until it ends by itself.
    ///
    /// @throws IllegalStateException unless it ends in order
    public void awaitEnd() {
        if (!process.awaitEnd(Duration.ofMinutes(5)) || process.exitCode().orElse(1) != 0) {
            throw new IllegalStateException(
                    contender.title() + " failed: " + process.log().lastLines(20));
        }
    }

    /// Stops it in order.
    @Override
    public void close() {
        process.signal(Signal.TERM);
        if (!process.awaitEnd(PATIENCE)) {
            kill();
        }
    }
}
