package dev.rowcast.proof.fuzz.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.proof.fuzz.FuzzInputs;
import dev.rowcast.proof.fuzz.FuzzPlan;
import dev.rowcast.proof.fuzz.corpus.Corpus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Wrong answers of a function are findings.
class FuzzClientTest {

    private static final FuzzPlan PLAN = new FuzzPlan("test", 60, 5, false);
    private static final Map<String, String> REJECTION = Map.of(
            "kne-rowcastreason",
            "not-json",
            "kne-rowcastmessage",
            "the body is not JSON",
            "kne-rowcastfunction",
            "tested");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.close();
    }

    @ParameterizedTest
    @CsvSource({"200", "302", "400", "404", "405", "406", "413", "500", "502"})
    void statusOutsideTheOutcomeTableIsAFinding(int status) {
        assertThat(finding(status, Map.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the outcome table has no such status")
                .hasMessageContaining("status=" + status)
                .hasMessageContaining("of seed 5");
    }

    @Test
    void rejectionWithoutAReasonIsAFinding() {
        assertThat(finding(422, Map.of())).hasMessageContaining("422 without its reason");
    }

    @Test
    void refusalWithoutRetryAfterIsAFinding() {
        assertThat(finding(503, Map.of())).hasMessageContaining("503 without Retry-After");
    }

    @Test
    void acceptedUnreadableEventIsAFinding() {
        assertThat(finding(204, Map.of())).hasMessageContaining("the event is unreadable");
    }

    @Test
    void rejectedReadableEventIsAFinding() {
        assertThat(finding(422, REJECTION)).hasMessageContaining("the event is readable, but was rejected");
    }

    @Test
    void closedConnectionIsAFinding() {
        server.createContext("/", HttpExchange::close);

        assertThatThrownBy(this::send).hasMessageContaining("no answer");
    }

    @Test
    void refusedInputIsSentAgain() {
        AtomicInteger requests = new AtomicInteger();
        server.createContext("/", exchange -> {
            if (requests.incrementAndGet() <= 3) {
                reply(exchange, 503, Map.of("Retry-After", "1"));
            } else {
                reply(exchange, 500, Map.of());
            }
        });

        assertThatThrownBy(this::send).hasMessageContaining("status=500");
        assertThat(requests.get()).isGreaterThan(3);
    }

    private void send() throws InterruptedException {
        DecoderOracle oracle = new DecoderOracle(
                new ChangeDecoder(0, KeyColumns.of("public", "person_churn_history", List.of("customerid"))),
                change -> true);
        URI function = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        new FuzzClient(function, "tested", oracle).send(new FuzzInputs(Corpus.source(), PLAN), PLAN);
    }

    /// What is thrown when the function gives this answer.
    private Throwable finding(int status, Map<String, String> headers) {
        server.createContext("/", exchange -> reply(exchange, status, headers));
        return catchThrowable(this::send);
    }

    private static void reply(HttpExchange exchange, int status, Map<String, String> headers) throws IOException {
        exchange.getRequestBody().readAllBytes();
        headers.forEach((name, text) -> exchange.getResponseHeaders().set(name, text));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
