package dev.rowcast.testkit.function;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;

/// Posts events to a function as KafkaSource does: in binary mode, without Content-Type, with retries after 503.
public final class EventClient {

    private static final Duration FIRST_WAIT = Duration.ofMillis(25);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong offset = new AtomicLong();
    private final URI function;
    private final Duration timeout;

    /// A sender that waits five minutes for an answer.
    public EventClient(URI function) {
        this(function, PATIENCE);
    }

    /// A sender.
    ///
    /// @param timeout the longest wait for one answer
    public EventClient(URI function, Duration timeout) {
        this.function = function;
        this.timeout = timeout;
    }

    /// Posts once.
    public HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(request(headers(), bytes(body)));
    }

    /// Posts once, with more headers.
    public HttpResponse<String> post(Map<String, String> more, String body) throws IOException, InterruptedException {
        Map<String, String> headers = headers();
        headers.putAll(more);
        return send(request(headers, bytes(body)));
    }

    /// Posts once and does not wait for the answer.
    public CompletableFuture<HttpResponse<String>> postAsync(String body) {
        return client.sendAsync(request(headers(), bytes(body)), BodyHandlers.ofString());
    }

    /// Posts all events at the same time, each in a request of its own.
    public List<HttpResponse<String>> postAll(List<String> bodies) {
        List<CompletableFuture<HttpResponse<String>>> answers =
                bodies.stream().map(this::postAsync).toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /// Posts until the answer is not 503.
    public HttpResponse<String> deliver(String body) {
        return deliver(bytes(body), refused -> {});
    }

    /// Posts until the answer is not 503.
    ///
    /// @param refused receives each 503
    public HttpResponse<String> deliver(byte[] body, Consumer<HttpResponse<String>> refused) {
        return deliver(headers(), body, refused);
    }

    /// Posts a record that is itself a CloudEvent, as those of retention are, until the answer is not 503.
    public HttpResponse<String> deliverEvent(String type, String data) {
        Map<String, String> headers = Map.ofEntries(
                entry("ce-specversion", "1.0"),
                entry("ce-type", type),
                entry("ce-source", "/rowcast/retention"),
                entry("ce-id", "00000000-0000-0000-0000-%012d".formatted(offset.getAndIncrement())),
                entry("ce-time", DebeziumEvent.ISO_TIME),
                entry("Content-Type", "application/json"));
        return deliver(headers, bytes(data), refused -> {});
    }

    /// Delivers each event.
    ///
    /// @param inFlight the most events at the same time
    /// @return the status of the last answer to each event, in their order
    public List<Integer> deliverAll(List<String> bodies, int inFlight) throws ExecutionException, InterruptedException {
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

    /// Posts a tombstone: no body and no Content-Length, which no HTTP client can send.
    ///
    /// @return the first line of the answer
    public String postTombstone() throws IOException {
        try (Socket socket = new Socket(function.getHost(), function.getPort())) {
            String lines = headers().entrySet().stream()
                    .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                    .collect(Collectors.joining());
            String request = "POST / HTTP/1.1\r\nHost: function\r\n" + lines + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return answer.lines().findFirst().orElse("");
        }
    }

    private HttpResponse<String> deliver(
            Map<String, String> headers, byte[] body, Consumer<HttpResponse<String>> refused) {
        return Awaitility.await("an answer that is not 503")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(new IterativePollInterval(EventClient::longer, FIRST_WAIT))
                .atMost(PATIENCE)
                .until(
                        () -> {
                            HttpResponse<String> answer = send(request(headers, body));
                            if (answer.statusCode() == 503) {
                                refused.accept(answer);
                            }
                            return answer;
                        },
                        answer -> answer.statusCode() != 503);
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpRequest request(Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(function).timeout(timeout);
        headers.forEach(request::header);
        return request.POST(BodyPublishers.ofByteArray(body)).build();
    }

    private Map<String, String> headers() {
        long at = offset.getAndIncrement();
        Map<String, String> headers = new TreeMap<>();
        headers.put("ce-specversion", "1.0");
        headers.put("ce-type", "dev.knative.kafka.event");
        headers.put("ce-source", "/apis/v1/namespaces/rowcast/kafkasources/test#churn.public.person_churn_history");
        headers.put("ce-id", "partition:0/offset:" + at);
        headers.put("ce-subject", "partition:0#" + at);
        headers.put("ce-time", DebeziumEvent.ISO_TIME);
        headers.put("ce-key", "{\"customerid\":\"a\"}");
        headers.put("ce-partitionkey", "{\"customerid\":\"a\"}");
        headers.put("ce-knativekafkapartition", "0");
        headers.put("ce-knativekafkaoffset", Long.toString(at));
        headers.put("Prefer", "reply");
        headers.put("Kn-Namespace", "rowcast");
        return headers;
    }

    private static byte[] bytes(String body) {
        return body.getBytes(UTF_8);
    }
}
