package dev.rowcast.kafkasource.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.kafkasource.event.CloudEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reads the very bytes that are sent.
class RequestOnTheWireTest {

    private static final Map<String, String> ATTRIBUTES = new TreeMap<>(Map.of(
            "specversion", "1.0",
            "id", "partition:0/offset:7",
            "type", "dev.knative.kafka.event",
            "source", "/apis/v1/namespaces/rowcast/kafkasources/predictor#t",
            "key", "k"));

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void eventIsAPostInBinaryModeWithoutContentType() throws Exception {
        // When
        String request = sent(new CloudEvent(ATTRIBUTES, Optional.empty(), Optional.of(Buffer.buffer("{\"a\":1}"))));

        // Then
        assertThat(request.lines().takeWhile(line -> !line.isEmpty()))
                .containsExactlyInAnyOrder(
                        "POST / HTTP/1.1",
                        "host: 127.0.0.1:" + server.getLocalPort(),
                        "user-agent: Vert.x-WebClient/4.5.27",
                        "Prefer: reply",
                        "Kn-Namespace: rowcast",
                        "ce-specversion: 1.0",
                        "ce-id: partition:0/offset:7",
                        "ce-type: dev.knative.kafka.event",
                        "ce-source: /apis/v1/namespaces/rowcast/kafkasources/predictor#t",
                        "ce-key: k",
                        "content-length: 7");
        assertThat(request).endsWith("\r\n\r\n{\"a\":1}");
    }

    @Test
    void tombstoneHasNeitherBodyNorContentLength() throws Exception {
        String request = sent(new CloudEvent(ATTRIBUTES, Optional.empty(), Optional.empty()));

        assertThat(request).endsWith("\r\n\r\n");
        assertThat(request.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("content-length", "transfer-encoding", "content-type");
    }

    @Test
    void contentTypeOfTheEventIsSent() throws Exception {
        String request =
                sent(new CloudEvent(ATTRIBUTES, Optional.of("application/json"), Optional.of(Buffer.buffer("{}"))));

        assertThat(request).contains("\r\ncontent-type: application/json\r\n");
    }

    @Test
    void keyThatIsNotAsciiArrivesMangled() throws Exception {
        String request = sent(event("key", "Zoë 日"));

        assertThat(request).contains("ce-key: Zo").doesNotContain(new String("Zoë 日".getBytes(UTF_8), ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\n", "a\0b", "a\u0007b"})
    void keyWithALineBreakOrAnotherControlCannotBeSent(String key) {
        assertThatThrownBy(() -> FunctionRequest.of(event("key", key), "rowcast"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("HTTP header ce-key cannot have the event's value");
    }

    @Test
    void contentTypeWithALineBreakCannotBeSent() {
        CloudEvent event = new CloudEvent(ATTRIBUTES, Optional.of("text/plain\nx: y"), Optional.empty());

        assertThatThrownBy(() -> FunctionRequest.of(event, "rowcast")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nobodyListeningIsUnreachable() throws Exception {
        server.close();

        FunctionResponse answer = post(event("key", "k"), Duration.ofSeconds(5)).get();

        assertThat(answer).isInstanceOf(FunctionResponse.Unreachable.class);
    }

    @Test
    void connectionClosedWithoutAnAnswerIsBroken() throws Exception {
        CompletableFuture<FunctionResponse> answer = post(event("key", "k"), Duration.ofSeconds(5));
        try (Socket socket = server.accept()) {
            assertThat(socket.getInputStream().read()).isEqualTo('P');
        }

        assertThat(answer.get()).isInstanceOf(FunctionResponse.Broken.class);
    }

    @Test
    void noAnswerInTimeClosesTheConnection() throws Exception {
        CompletableFuture<FunctionResponse> answer = post(event("key", "k"), Duration.ofMillis(200));
        try (Socket socket = server.accept()) {
            String request = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(request).startsWith("POST /");
            assertThat(answer.get()).isInstanceOf(FunctionResponse.TimedOut.class);
        }
    }

    private static CloudEvent event(String attribute, String value) {
        return new CloudEvent(ATTRIBUTES, Optional.empty(), Optional.empty()).with(Map.of(attribute, value));
    }

    private CompletableFuture<FunctionResponse> post(CloudEvent event, Duration timeout) {
        return new HttpSubscriber(client, "127.0.0.1", server.getLocalPort())
                .post(FunctionRequest.of(event, "rowcast"), timeout)
                .toCompletionStage()
                .toCompletableFuture();
    }

    private String sent(CloudEvent event) throws IOException, InterruptedException, ExecutionException {
        CompletableFuture<FunctionResponse> answer = post(event, Duration.ofSeconds(10));
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(10_000);
            String request = read(
                    socket.getInputStream(), event.data().map(Buffer::length).orElse(0));
            socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(answer.get()).isInstanceOf(FunctionResponse.Answered.class);
            assertThat(List.of(socket.getInputStream().available())).containsExactly(0);
            return request;
        }
    }

    private static String read(InputStream in, int body) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append((char) in.read());
        }
        return request.append(new String(in.readNBytes(body), ISO_8859_1)).toString();
    }
}
