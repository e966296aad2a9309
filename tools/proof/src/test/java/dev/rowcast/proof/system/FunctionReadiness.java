package dev.rowcast.proof.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.run.LocalSystem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// A function of a running system, as its platform sees it.
///
/// @param system runs
/// @param name of the function
record FunctionReadiness(LocalSystem system, String name) {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /// Its process, which is there.
    long pid() {
        return system.activators().get(name).status().pid().orElseThrow();
    }

    /// Until it is ready; starts it when it is at zero.
    void awaitReady() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(readiness().statusCode()).isEqualTo(200));
    }

    /// Until it says that the contract does not hold, and why.
    void awaitNotReady(String why) {
        awaitNotReady("contract", why + "\"");
    }

    /// Until it says that something else does not hold, and why.
    ///
    /// @param what does not hold
    /// @param why how the reason begins
    void awaitNotReady(String what, String why) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            HttpResponse<String> readiness = readiness();
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body()).contains("\"" + what + "\": \"" + why);
        });
    }

    /// Until it is ready and warns.
    void awaitWarning(String warning) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            HttpResponse<String> readiness = readiness();
            assertThat(readiness.statusCode()).isEqualTo(200);
            assertThat(readiness.body()).contains(warning);
        });
    }

    /// Until it is not ready and its reason names this.
    void awaitRefusal(String named) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            HttpResponse<String> readiness = readiness();
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body()).contains(named);
        });
    }

    /// Asks the process itself while it is not ready yet: every request through its address waits until it is.
    private HttpResponse<String> readiness() throws Exception {
        FunctionStatus status = system.activators().get(name).status();
        URI address = status.state().equals("starting") && status.pid().isPresent()
                ? addressOf(status.pid().getAsLong())
                : system.address(name);
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/q/health/ready"))
                .timeout(ANSWER)
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException noAnswer) {
            throw new AssertionError(name + " does not answer: " + noAnswer, noAnswer);
        }
    }

    private static URI addressOf(long pid) throws IOException {
        String port = Stream.of(Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1)
                        .split("\0", -1))
                .filter(variable -> variable.startsWith("PORT="))
                .map(variable -> variable.substring("PORT=".length()))
                .findFirst()
                .orElseThrow();
        return URI.create("http://127.0.0.1:" + port);
    }
}
