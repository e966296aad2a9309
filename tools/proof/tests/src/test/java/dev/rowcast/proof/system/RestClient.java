package dev.rowcast.proof.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Calls the REST interfaces of stations, as an operator does.
final class RestClient {

    private RestClient() {}

    /// {@return the answer, with any status}
    ///
    /// @param body a JSON document, or empty
    static HttpResponse<String> send(String method, String address, String body)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
