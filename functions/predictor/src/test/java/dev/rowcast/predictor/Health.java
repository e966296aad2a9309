package dev.rowcast.predictor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Asks a function how it is.
final class Health {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI ready;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    Health(URI function) {
        this.ready = function.resolve("/q/health/ready");
    }

    /// Waits until it is ready.
    void awaitReady() throws IOException, InterruptedException {
        while (get().statusCode() != 200) {
            Thread.sleep(20);
        }
    }

    /// Waits until it is not ready for this reason.
    void awaitNotReady(String reason) throws IOException, InterruptedException {
        HttpResponse<String> answer = get();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (answer.statusCode() != 503 || !answer.body().contains(reason)) {
            if (System.nanoTime() > until) {
                throw new AssertionError("Its readiness never says \"" + reason + "\", but " + answer.statusCode() + " "
                        + answer.body());
            }
            Thread.sleep(20);
            answer = get();
        }
    }

    private HttpResponse<String> get() throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString());
    }
}
