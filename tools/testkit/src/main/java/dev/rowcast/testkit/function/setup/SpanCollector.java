package dev.rowcast.testkit.function.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Receives spans by OTLP over HTTP in its JSON encoding, as a collector of OpenTelemetry does.
public final class SpanCollector implements AutoCloseable {

    private final List<JsonNode> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /// Listens on a free port.
    public SpanCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            try (exchange) {
                JsonNode request = new JsonMapper().readTree(exchange.getRequestBody());
                request.at("/resourceSpans/0/scopeSpans/0/spans").forEach(spans::add);
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    /// {@return the value of `rowcast.trace.endpoint`}
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /// {@return the spans of a trace, as OTLP writes them}
    public List<JsonNode> of(String trace) {
        return spans.stream()
                .filter(span -> span.path("traceId").asText().equals(trace))
                .toList();
    }

    /// {@return the first span of a trace with a name}
    ///
    /// @throws java.util.NoSuchElementException when there is none
    public JsonNode named(String trace, String name) {
        return of(trace).stream()
                .filter(span -> span.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// {@return all spans}
    public List<JsonNode> all() {
        return List.copyOf(spans);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
