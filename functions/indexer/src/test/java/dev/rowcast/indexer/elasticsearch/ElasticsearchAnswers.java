package dev.rowcast.indexer.elasticsearch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An HTTP server that gives the answers of Elasticsearch which a healthy one cannot be made to give:
/// overload, refusal, silence, nonsense. As an extension it is closed with its client after each test.
public final class ElasticsearchAnswers implements AutoCloseable, AfterEachCallback {

    /// A request as it came in.
    ///
    /// @param line method and path without the query, such as `POST /_bulk`
    public record Asked(String line, String query, String contentType, String body) {}

    /// An answer.
    public record Answer(int status, String body) {}

    /// Decides about the answer to a request.
    @FunctionalInterface
    public interface Script {
        /// May block, for silence.
        Answer answer(Asked asked) throws InterruptedException;
    }

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<RestClient> clients = new ArrayList<>();
    private volatile Script script;

    /// Starts on a free port.
    public ElasticsearchAnswers(Script script) {
        this.script = script;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /// Answers by `next` from now on.
    public void answer(Script next) {
        this.script = next;
    }

    /// Every request so far, in order.
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /// Blocks until this server is closed, as if Elasticsearch did not answer.
    public Answer silence() throws InterruptedException {
        closed.await();
        return new Answer(200, "");
    }

    /// The client of this server, the same at each call.
    public synchronized RestClient client() {
        if (clients.isEmpty()) {
            clients.add(RestClient.builder(HttpHost.create(address())).build());
        }
        return clients.getFirst();
    }

    /// Where this server listens, as `host:port`.
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Asked request = new Asked(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestURI().getQuery()),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    body);
            asked.add(request);
            Answer answer = script.answer(request);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        for (RestClient client : clients) {
            client.close();
        }
        close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
