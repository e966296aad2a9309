package dev.rowcast.predictor;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Posts events to a function as KafkaSource does: binary mode, no Content-Type; and comes again on 503.
final class Sender {

    private static final String TOPIC = "churn.public.person_churn_history";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong offset = new AtomicLong();
    private final URI function;

    Sender(URI function) {
        this.function = function;
    }

    /// Posts once.
    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return client.send(request(body), BodyHandlers.ofString());
    }

    /// Posts once and does not wait.
    CompletableFuture<HttpResponse<String>> postAsync(String body) {
        return client.sendAsync(request(body), BodyHandlers.ofString());
    }

    /// Posts all at once, each in a request of its own.
    List<HttpResponse<String>> postAll(List<String> bodies) {
        List<CompletableFuture<HttpResponse<String>>> answers =
                bodies.stream().map(this::postAsync).toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /// Posts until the answer is another one than 503.
    HttpResponse<String> deliver(String body) throws IOException, InterruptedException {
        return deliver(body.getBytes(StandardCharsets.UTF_8), answer -> {});
    }

    /// Posts until the answer is another one than 503, with waits that double, as KafkaSource does.
    ///
    /// @param refused takes each 503
    HttpResponse<String> deliver(byte[] body, Consumer<HttpResponse<String>> refused)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request(body), BodyHandlers.ofString());
        for (long wait = 25; answer.statusCode() == 503; wait = Math.min(2 * wait, 3_000)) {
            refused.accept(answer);
            Thread.sleep(wait);
            answer = client.send(request(body), BodyHandlers.ofString());
        }
        return answer;
    }

    /// Posts a tombstone, which has neither a body nor a Content-Length; no HTTP client would send it so.
    ///
    /// @return the first line of the answer
    String postTombstone() throws IOException {
        try (Socket socket = new Socket(function.getHost(), function.getPort())) {
            String lines = headers().entrySet().stream()
                    .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                    .collect(Collectors.joining());
            String request = "POST / HTTP/1.1\r\nHost: predictor\r\n" + lines + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.lines().findFirst().orElse("");
        }
    }

    private HttpRequest request(String body) {
        return request(body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest request(byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(function);
        headers().forEach(request::header);
        return request.POST(BodyPublishers.ofByteArray(body)).build();
    }

    private Map<String, String> headers() {
        long at = offset.getAndIncrement();
        return Map.ofEntries(
                Map.entry("ce-specversion", "1.0"),
                Map.entry("ce-type", "dev.knative.kafka.event"),
                Map.entry("ce-source", "/apis/v1/namespaces/rowcast/kafkasources/predictor#" + TOPIC),
                Map.entry("ce-id", "partition:0/offset:" + at),
                Map.entry("ce-subject", "partition:0#" + at),
                Map.entry("ce-time", "2026-03-01T12:00:00.123Z"),
                Map.entry("ce-key", "{\"customerid\":\"a\"}"),
                Map.entry("ce-partitionkey", "{\"customerid\":\"a\"}"),
                Map.entry("ce-knativekafkapartition", "0"),
                Map.entry("ce-knativekafkaoffset", Long.toString(at)),
                Map.entry("Prefer", "reply"),
                Map.entry("Kn-Namespace", "rowcast"));
    }
}
