package dev.rowcast.retention;

import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.NativeBuild;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationProcess;
import dev.rowcast.testkit.station.Postgres;
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

/// The packaged function as a process of its own, configured by its environment as its manifest does it.
final class RetentionProcess implements AutoCloseable {

    private static final Path TARGET = Path.of("target");
    private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://[0-9.]+:\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final StationProcess process;

    private RetentionProcess(StationProcess process) {
        this.process = process;
    }

    /// Starts it.
    ///
    /// @param folder takes its output
    /// @param environment variables over those that lead to `postgres`
    static RetentionProcess start(Path folder, Postgres postgres, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:" + postgres.uri(),
                "QUARKUS_DATASOURCE_USERNAME",
                "retention",
                "QUARKUS_DATASOURCE_PASSWORD",
                postgres.password("retention"),
                "QUARKUS_HTTP_PORT",
                "0"));
        variables.putAll(environment);
        Launch launch = Launch.of("Retention", NativeBuild.orJvm(TARGET), folder, folder.resolve("retention.log"))
                .withEnvironment(variables);
        return new RetentionProcess(StationProcess.spawn(launch));
    }

    /// Where it takes events, once it listens.
    URI address() throws IOException {
        Matcher found = ADDRESS.matcher(output());
        while (!found.find()) {
            if (!process.alive()) {
                throw new AssertionError("It ended before it listened:\n" + output());
            }
            StationProcess.pause();
            found = ADDRESS.matcher(output());
        }
        return URI.create(found.group(1).replace("0.0.0.0", "127.0.0.1") + "/");
    }

    /// Whether it runs.
    boolean alive() {
        return process.alive();
    }

    /// The most memory that it ever had at once, in MiB.
    long peakMemory() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            String peak =
                    status.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
            return Long.parseLong(peak.replaceAll("\\D", "")) / 1024;
        }
    }

    /// Asks it to end.
    void terminate() {
        process.signal(Signal.TERM);
    }

    /// Waits for its end.
    ///
    /// @return its exit code
    int exitCode() {
        if (!process.awaitEnd(PATIENCE)) {
            throw new AssertionError("It does not end");
        }
        return process.exitCode().orElseThrow();
    }

    /// Everything it printed.
    String output() throws IOException {
        return Files.readString(process.log().file());
    }

    @Override
    public void close() {
        process.kill(PATIENCE);
    }
}
