package dev.rowcast.testkit.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/// The server, launched with `target/classpath` and `target/jvm.flags`.
final class ServerProcess implements AutoCloseable {
    private static final Path TARGET = Path.of("target");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final Path log;
    private final Process process;

    /// Starts a server, which may fail.
    ServerProcess(Path folder, Path log, int port, int transportPort) {
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(Files.readAllLines(TARGET.resolve("jvm.flags")));
            command.addAll(
                    List.of("-cp", Files.readString(TARGET.resolve("classpath")).strip(), Server.class.getName()));
            command.addAll(List.of(folder.toString(), Integer.toString(port), Integer.toString(transportPort)));
            this.port = port;
            this.log = log;
            this.process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Starts a server on free ports and waits until it logs that it is ready.
    static ServerProcess ready(Path folder) throws IOException {
        Path log = Files.createTempFile(folder.getParent(), "log", ".txt");
        ServerProcess server = new ServerProcess(folder, log, freePort(), freePort());
        try {
            await().atMost(PATIENCE)
                    .until(() -> !server.process.isAlive() || server.output().contains("is ready"));
            assertThat(server.output()).contains("is ready");
            return server;
        } catch (ConditionTimeoutException | AssertionError failure) {
            server.close();
            throw failure;
        }
    }

    /// {@return a port that is free now, below those that Linux gives to outgoing connections}
    static int freePort() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException taken) {
                // Another one is tried.
            }
        }
        throw new AssertionError("No free port");
    }

    int port() {
        return port;
    }

    /// Sends a request with a JSON body, none when it is empty.
    Answer send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /// Waits until all shards of an index are active.
    ///
    /// @return its health: green, yellow or red
    String health(String index) throws IOException, InterruptedException {
        return get("/_cluster/health/" + index + "?wait_for_status=green&timeout=60s")
                .body()
                .path("status")
                .asText();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Sends SIGTERM and waits.
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /// Sends SIGKILL and waits.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Still running:\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.close();
    }

    record Answer(int status, JsonNode body) {}
}
