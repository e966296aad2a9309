package dev.rowcast.indexer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Posts events to a function with the headers that KafkaSource gives them, and comes again on 503 as it does.
final class Sender {

    private static final String TOPIC = "churn.public.person_churn_history";

    /// After this time KafkaSource gives up waiting, as knative/source-indexer.yaml says.
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(30);

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

    /// Posts all at once, each in a request of its own.
    List<HttpResponse<String>> postAll(List<String> bodies) {
        List<CompletableFuture<HttpResponse<String>>> answers =
                bodies.stream().map(this::postLater).toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /// Posts until the answer is another one than 503.
    HttpResponse<String> deliver(String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(body);
        while (answer.statusCode() == 503) {
            Thread.sleep(50);
            answer = post(body);
        }
        return answer;
    }

    /// Delivers each event, so many at a time.
    ///
    /// @return the last answer to each, in their order
    List<Integer> deliverAll(List<String> bodies, int inFlight) throws ExecutionException, InterruptedException {
        try (ExecutorService senders =
                Executors.newFixedThreadPool(inFlight, Thread.ofVirtual().factory())) {
            List<Future<Integer>> answers = bodies.stream()
                    .map(body -> senders.submit(() -> deliver(body).statusCode()))
                    .toList();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            return statuses;
        }
    }

    /// Posts once, without waiting for the answer.
    CompletableFuture<HttpResponse<String>> postLater(String body) {
        return client.sendAsync(request(body), BodyHandlers.ofString());
    }

    /// Posts a record that is a CloudEvent by itself, as retention's are, until the answer is another one than 503.
    HttpResponse<String> deliverEvent(String type, String data) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(function)
                .timeout(DELIVERY_TIMEOUT)
                .header("ce-specversion", "1.0")
                .header("ce-type", type)
                .header("ce-source", "/rowcast/retention")
                .header("ce-id", "00000000-0000-0000-0000-" + "%012d".formatted(offset.getAndIncrement()))
                .header("ce-time", "2026-03-01T12:00:00.123Z")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(data.getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        while (answer.statusCode() == 503) {
            Thread.sleep(50);
            answer = client.send(request, BodyHandlers.ofString());
        }
        return answer;
    }

    private HttpRequest request(String body) {
        long at = offset.getAndIncrement();
        return HttpRequest.newBuilder(function)
                .timeout(DELIVERY_TIMEOUT)
                .header("ce-specversion", "1.0")
                .header("ce-type", "dev.knative.kafka.event")
                .header("ce-source", "/apis/v1/namespaces/rowcast/kafkasources/indexer#" + TOPIC)
                .header("ce-id", "partition:0/offset:" + at)
                .header("ce-subject", "partition:0#" + at)
                .header("ce-time", "2026-03-01T12:00:00.123Z")
                .header("ce-key", "{\"customerid\":\"a\"}")
                .header("ce-partitionkey", "{\"customerid\":\"a\"}")
                .header("ce-knativekafkapartition", "0")
                .header("ce-knativekafkaoffset", Long.toString(at))
                .header("Prefer", "reply")
                .header("Kn-Namespace", "rowcast")
                .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
