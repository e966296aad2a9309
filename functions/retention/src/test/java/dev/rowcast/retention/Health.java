package dev.rowcast.retention;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// Asks a function how it is.
final class Health {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI ready;

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
        while (answer.statusCode() != 503 || !answer.body().contains(reason)) {
            Thread.sleep(20);
            answer = get();
        }
    }

    private HttpResponse<String> get() throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString());
    }
}
