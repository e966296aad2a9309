package dev.rowcast.proof.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.proof.bench.figure.LinuxProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Checks the readiness of a function of a running system.
///
/// @param name of the function
record FunctionReadiness(LocalSystem system, String name) {

    private static final Duration TIMEOUT = Duration.ofMinutes(4);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    /// {@return the id of the running process}
    long pid() {
        return system.activators().get(name).status().pid().orElseThrow();
    }

    /// Waits until the function is ready; starts it when it is scaled to zero.
    void awaitReady() {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(readiness().statusCode()).isEqualTo(200));
    }

    /// Waits until the function is not ready because of the contract.
    void awaitNotReady(String why) {
        awaitNotReady("contract", why + "\"");
    }

    /// Waits until the function is not ready because of this check.
    ///
    /// @param check name of the readiness check
    /// @param why start of the reason
    void awaitNotReady(String check, String why) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            HttpResponse<String> readiness = readiness();
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body()).contains("\"" + check + "\": \"" + why);
        });
    }

    /// Waits until the function is ready with a warning.
    void awaitWarning(String warning) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            HttpResponse<String> readiness = readiness();
            assertThat(readiness.statusCode()).isEqualTo(200);
            assertThat(readiness.body()).contains(warning);
        });
    }

    /// Waits until the function is not ready and its reason contains the text.
    void awaitRefusal(String text) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            HttpResponse<String> readiness = readiness();
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body()).contains(text);
        });
    }

    /// Queries a starting process directly, because a request to the function's address waits until it
    /// is ready.
    private HttpResponse<String> readiness() throws Exception {
        FunctionStatus status = system.activators().get(name).status();
        URI address = status.state().equals("starting") && status.pid().isPresent()
                ? URI.create("http://127.0.0.1:"
                        + LinuxProcess.environment(status.pid().getAsLong(), "PORT"))
                : system.address(name);
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/q/health/ready"))
                .timeout(REQUEST_TIMEOUT)
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException noAnswer) {
            throw new AssertionError(name + " does not answer: " + noAnswer, noAnswer);
        }
    }
}
