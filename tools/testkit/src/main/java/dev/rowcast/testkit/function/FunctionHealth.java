package dev.rowcast.testkit.function;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// Reads the readiness of a function.
public final class FunctionHealth {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI ready;

    /// @param function the address that receives events
    public FunctionHealth(URI function) {
        this.ready = function.resolve("/q/health/ready");
    }

    /// Waits until the function is ready.
    public void awaitReady() {
        await("readiness UP", answer -> answer.statusCode() == 200);
    }

    /// Waits until the function is not ready for a reason.
    ///
    /// @param reason a part of the answer's body
    /// @return the answer's body
    public String awaitNotReady(String reason) {
        return await(
                        "readiness DOWN because of \"" + reason + "\"",
                        answer -> answer.statusCode() == 503 && answer.body().contains(reason))
                .body();
    }

    /// {@return the status of readiness now}
    public int status() throws IOException, InterruptedException {
        return get().statusCode();
    }

    private HttpResponse<String> await(String what, Predicate<HttpResponse<String>> wanted) {
        return Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(this::get, wanted);
    }

    private HttpResponse<String> get() throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(ready).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }
}
