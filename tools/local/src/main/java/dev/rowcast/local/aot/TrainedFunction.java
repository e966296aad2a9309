package dev.rowcast.local.aot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// The requests to a function in training.
///
/// @param client  closed by the caller
/// @param address of the function
record TrainedFunction(HttpClient client, URI address) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// Returns whether the probe is answered with 2xx.
    ///
    /// @param path of the probe
    boolean isReady(String path) throws InterruptedException {
        try {
            return status(request(path).build()) / 100 == 2;
        } catch (IOException notListening) {
            return false;
        }
    }

    /// Sends an event without a change, which every function rejects: it loads what leads to an answer, and
    /// stores nothing.
    ///
    /// @throws IOException when there is no answer
    void sendEvent() throws IOException, InterruptedException {
        int _ = status(request("/")
                .header("ce-specversion", "1.0")
                .header("ce-type", "dev.knative.kafka.event")
                .header("ce-source", "/training")
                .header("ce-id", "1")
                .POST(BodyPublishers.ofString("{}"))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT);
    }

    private int status(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }
}
