package dev.rowcast.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// A function of a running system, as its platform sees it.
///
/// @param system runs
/// @param name of the function
record FunctionWatch(LocalSystem system, String name) {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

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

    private HttpResponse<String> readiness() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(system.address(name).resolve("/q/health/ready"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
