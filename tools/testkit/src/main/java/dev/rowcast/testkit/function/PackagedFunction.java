package dev.rowcast.testkit.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationProcess;
import dev.rowcast.testkit.program.NativeBuild;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The packaged function of the module under test as a process, configured by environment variables as in its manifest.
///
/// @param process the running process
public record PackagedFunction(StationProcess process) implements AutoCloseable {

    private static final Path TARGET = Path.of("target");
    private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://[0-9.]+:\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Starts the function on a free port. The start may fail.
    ///
    /// @param name the function's name
    /// @param folder the working directory
    /// @param log the file that receives its output
    /// @param environment its settings
    public static PackagedFunction start(String name, Path folder, Path log, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent("QUARKUS_HTTP_PORT", "0");
        return new PackagedFunction(StationProcess.spawn(
                Launch.of(name, NativeBuild.orJvm(TARGET), folder, log).withEnvironment(variables)));
    }

    /// Waits until the function listens.
    ///
    /// @return the address that receives events
    public URI address() throws IOException {
        Matcher found = ADDRESS.matcher(output());
        while (!found.find()) {
            if (!process.alive()) {
                throw new AssertionError("The function ended before it listened:\n" + output());
            }
            StationProcess.pause();
            found = ADDRESS.matcher(output());
        }
        return URI.create(found.group(1).replace("0.0.0.0", "127.0.0.1") + "/");
    }

    /// Waits until the function listens.
    ///
    /// @return its readiness
    public FunctionHealth health() throws IOException {
        return new FunctionHealth(address());
    }

    /// Waits until the function is ready.
    ///
    /// @return a sender of events to it
    public EventClient awaitSender() throws IOException {
        health().awaitReady();
        return new EventClient(address());
    }

    /// Posts an event once, when the function listens, ready or not.
    ///
    /// @return the status of the answer
    public int post(String event) throws IOException, InterruptedException {
        return new EventClient(address()).post(event).statusCode();
    }

    /// {@return true until the process has ended}
    public boolean alive() {
        return process.alive();
    }

    /// {@return the peak of its resident memory, in MiB}
    public long peakMemory() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            String peak =
                    status.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
            return Long.parseLong(peak.replaceAll("\\D", "")) / 1024;
        }
    }

    /// Sends SIGTERM.
    public void terminate() {
        process.signal(Signal.TERM);
    }

    /// Waits until the process has ended.
    public int exitCode() {
        if (!process.awaitEnd(PATIENCE)) {
            throw new AssertionError(
                    "The function is still running: " + process.log().lastLines(20));
        }
        return process.exitCode().orElseThrow();
    }

    /// Fails unless the process ends with one line that says why it cannot start.
    ///
    /// @param line a part of the line
    public void assertCannotStart(String line) throws IOException {
        assertThat(exitCode()).isEqualTo(1);
        assertThat(output().lines().filter(text -> text.contains("Cannot start")))
                .singleElement()
                .asString()
                .contains(line);
        assertThat(output()).doesNotContain("\tat ");
    }

    /// {@return its output until now}
    public String output() throws IOException {
        return Files.readString(process.log().file());
    }

    @Override
    public void close() {
        process.kill(PATIENCE);
    }
}
