package dev.rowcast.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/// Sends events as KafkaSource does: binary mode, no Content-Type.
public final class EventRequests {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private EventRequests() {}

    public static HttpRequest.Builder to(URI function) {
        return HttpRequest.newBuilder(function)
                .header("ce-specversion", "1.0")
                .header("ce-type", "dev.knative.kafka.event")
                .header("ce-source", "/apis/v1/namespaces/rowcast/kafkasources/predictor#topic")
                .header("ce-id", "partition:0/offset:7")
                .header("ce-subject", "partition:0#7")
                .header("ce-time", "2026-11-24T10:00:00Z")
                .header("ce-key", "2718-YSKCS")
                .header("ce-partitionkey", "2718-YSKCS")
                .header("ce-knativekafkapartition", "0")
                .header("ce-knativekafkaoffset", "7")
                .header("Prefer", "reply")
                .header("Kn-Namespace", "rowcast");
    }

    public static HttpResponse<String> post(URI function, String body) throws IOException, InterruptedException {
        return post(to(function), body);
    }

    public static HttpResponse<String> post(HttpRequest.Builder request, String body)
            throws IOException, InterruptedException {
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// Fails unless the answer is a rejection.
    ///
    /// @param message a part of the message
    public static void assertRejected(HttpResponse<String> answer, String reason, String message) {
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("kne-rowcastreason")).contains(reason);
        assertThat(answer.headers().firstValue("kne-rowcastmessage"))
                .hasValueSatisfying(text -> assertThat(text).contains(message));
    }

    public static CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
