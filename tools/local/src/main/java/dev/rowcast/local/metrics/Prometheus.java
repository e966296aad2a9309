package dev.rowcast.local.metrics;

import dev.rowcast.local.run.ProgressLog;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.local.run.Stations;
import dev.rowcast.local.thread.PeriodicTask;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.monitoring.Monitoring;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.process.StationProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// A real Prometheus that scrapes the functions which run. It asks each process itself, so a scrape
/// neither starts a function nor keeps it up.
public final class Prometheus implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final PrometheusFiles files;
    private final int port;
    private final StationProcess process;
    private final PeriodicTask updates;
    private Map<String, OptionalInt> written = Map.of();

    private Prometheus(
            PrometheusFiles files, int port, StationProcess process, Supplier<Map<String, OptionalInt>> functions) {
        this.files = files;
        this.port = port;
        this.process = process;
        this.updates = PeriodicTask.every(INTERVAL, "targets of Prometheus", () -> update(functions));
    }

    /// Starts it and waits until it answers. Its data are in `metrics` and remain after the end.
    ///
    /// @param functions the port of each function; empty for one that does not run
    /// @param checkout has the alerts
    /// @param folder   folder of data and logs
    /// @param choice   its port
    /// @throws StationFailure when it is not built or does not start
    public static Prometheus start(
            Supplier<Map<String, OptionalInt>> functions,
            Checkout checkout,
            Path folder,
            RunSettings.Choice choice,
            ProgressLog progress) {
        PrometheusFiles files = new PrometheusFiles(folder.resolve("metrics"));
        files.write(Monitoring.read(checkout.root()));
        int port = Port.choose(Stations.port("Prometheus", choice, progress));
        List<String> command = List.of(
                program(checkout),
                "--config.file=" + files.configuration(),
                "--storage.tsdb.path=" + files.folder().resolve("data"),
                "--storage.tsdb.retention.time=1d",
                "--web.listen-address=127.0.0.1:" + port,
                "--web.console.templates=" + files.pages(),
                "--web.console.libraries=" + files.pages());
        StationProcess process = StationProcess.spawn(
                Launch.of("Prometheus", command, files.folder(), folder.resolve("logs/prometheus.log")));
        Prometheus prometheus = new Prometheus(files, port, process, functions);
        progress.step("Prometheus is up", prometheus::awaitReady);
        return prometheus;
    }

    /// The page with the alerts and the targets.
    public URI page() {
        return URI.create("http://localhost:" + port + "/consoles/alerts.html");
    }

    private void update(Supplier<Map<String, OptionalInt>> functions) {
        Map<String, OptionalInt> ports = functions.get();
        if (!ports.equals(written)) {
            files.writeTargets(ports);
            written = ports;
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client)) {
                if (!process.alive() || System.nanoTime() > deadline) {
                    close();
                    throw new StationFailure("Prometheus does not start. The last lines of "
                            + process.log().file() + ":\n"
                            + String.join("\n", process.log().lastLines(10)));
                }
                StationProcess.pause();
            }
        }
    }

    private boolean isReady(HttpClient client) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/-/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure("Interrupted while Prometheus starts", interrupted);
        }
    }

    /// The program that `make run METRICS=yes` has built.
    private static String program(Checkout checkout) {
        try {
            Process found = new ProcessBuilder(
                            checkout.resolve("scripts/promtool").toString(), "path", "prometheus")
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(found.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (found.waitFor() != 0) {
                throw new StationFailure(printed);
            }
            return printed;
        } catch (IOException failure) {
            throw new StationFailure("scripts/promtool cannot be run: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure("Interrupted while Prometheus is looked for", interrupted);
        }
    }

    /// Ends the process.
    @Override
    public void close() {
        updates.close();
        process.signal(Signal.TERM);
        if (!process.awaitEnd(PATIENCE)) {
            process.kill(PATIENCE);
        }
    }
}
