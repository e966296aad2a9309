package dev.rowcast.predictor;

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
final class PredictorProcess implements AutoCloseable {

    private static final Path TARGET = Path.of("target");
    private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://[0-9.]+:\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final StationProcess process;

    private PredictorProcess(StationProcess process) {
        this.process = process;
    }

    /// Starts it with the shipped model.
    ///
    /// @param folder takes its output
    /// @param environment variables over those that lead to `postgres`
    static PredictorProcess start(Path folder, Postgres postgres, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", postgres.uri(),
                "QUARKUS_DATASOURCE_USERNAME", "predictor",
                "QUARKUS_DATASOURCE_PASSWORD", postgres.password("predictor"),
                "QUARKUS_HTTP_PORT", "0",
                "ROWCAST_MODEL_FILE", "model/churn.onnx",
                "ORT_DISABLE_TELEMETRY", "1"));
        variables.putAll(environment);
        Launch launch = Launch.of(
                        "Predictor",
                        NativeBuild.orJvm(TARGET),
                        ChurnModel.FILE.getParent().getParent().normalize(),
                        folder.resolve("predictor.log"))
                .withEnvironment(variables);
        return new PredictorProcess(StationProcess.spawn(launch));
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
