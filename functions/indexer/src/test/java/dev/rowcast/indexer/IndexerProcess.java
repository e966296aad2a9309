package dev.rowcast.indexer;

import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.NativeBuild;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.process.StationProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// The packaged indexer as a process of its own, as its image runs it.
final class IndexerProcess implements AutoCloseable {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = Port.choose(0);
    private final StationProcess process;

    /// Starts it; it may not come up.
    ///
    /// @param log the file that it writes to
    /// @param environment its settings, beside the port
    IndexerProcess(Path log, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        all.putIfAbsent("QUARKUS_HTTP_PORT", Integer.toString(port));
        process = StationProcess.spawn(
                Launch.of("indexer", NativeBuild.orJvm(TARGET), TARGET, log).withEnvironment(all));
    }

    URI function() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    StationProcess process() {
        return process;
    }

    /// Waits until it is ready.
    void awaitReady() throws IOException, InterruptedException {
        while (!readiness().contains("\"status\": \"UP\"")) {
            Thread.sleep(20);
        }
    }

    /// Waits until its readiness says `text`, or it has ended.
    void awaitReadinessThatSays(String text) throws IOException, InterruptedException {
        while (process.alive() && !readiness().contains(text)) {
            Thread.sleep(20);
        }
    }

    private String readiness() throws IOException, InterruptedException {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(function().resolve("/q/health/ready"))
                            .timeout(PATIENCE)
                            .build(),
                    BodyHandlers.ofString());
            return answer.body();
        } catch (IOException notListening) {
            if (!process.alive()) {
                return "";
            }
            return "not listening";
        }
    }

    /// The most memory that it ever had at once, in MiB.
    long peakMemory() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            String peak =
                    status.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
            return Long.parseLong(peak.replaceAll("\\D", "")) / 1024;
        }
    }

    /// Waits for its end.
    ///
    /// @return its exit code
    int awaitEnd() {
        if (!process.awaitEnd(PATIENCE)) {
            throw new AssertionError("still running: " + process.log().lastLines(20));
        }
        return process.exitCode().orElseThrow();
    }

    /// Everything it wrote.
    String output() throws IOException {
        return Files.readString(process.log().file());
    }

    @Override
    public void close() {
        process.kill(PATIENCE);
        client.close();
    }
}
