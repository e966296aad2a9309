package dev.rowcast.local.page;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rowcast.local.page.feed.PageFeed;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The server of the page: its files, and `/events`, the stream of what happens.
public final class LivePage implements AutoCloseable {

    private static final int MOST_SUBSCRIBERS = 64;
    /// Only our own files, nothing inline, nothing from elsewhere: a hostile key could do nothing even if it were not
    /// written as text.
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final PageFeed watch;
    private final Map<String, PageFile> files = new HashMap<>();
    private final Set<EventStream> subscribers = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private LivePage(PageFeed watch, HttpServer server) throws IOException {
        this.watch = watch;
        this.server = server;
        for (PageFile file : PageFile.all()) {
            files.put(file.path(), file);
        }
    }

    /// Serves the page on the loopback interface.
    ///
    /// @param watch knows what happens; stays open when the page is closed
    /// @param port where to listen; 0 for any that is free
    /// @throws IOException when the port is taken
    public static LivePage start(PageFeed watch, int port) throws IOException {
        LivePage page = new LivePage(
                watch, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        page.server.setExecutor(page.threads);
        page.server
                .createContext("/", page::answer)
                .getFilters()
                .add(Filter.beforeHandler("headers of every answer", LivePage::addHeaders));
        page.server.start();
        return page;
    }

    /// Where a browser finds the page.
    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    private static void addHeaders(HttpExchange exchange) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!isForUs(exchange)) {
                exchange.sendResponseHeaders(421, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
            } else if (path.equals("/events")) {
                stream(exchange);
            } else if (files.containsKey(path)) {
                send(exchange, files.get(path));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    /// A page of another site can have its own name resolve to this machine and then read what we answer. Its name is
    /// in the request.
    private boolean isForUs(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        int port = server.getAddress().getPort();
        return Set.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port).contains(host == null ? "" : host);
    }

    private static void send(HttpExchange exchange, PageFile file) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", file.type());
        byte[] body = file.text().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void stream(HttpExchange exchange) throws IOException {
        if (subscribers.size() >= MOST_SUBSCRIBERS) {
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        EventStream subscriber = new EventStream();
        subscribers.add(subscriber);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        watch.join(subscriber);
        try (OutputStream out = exchange.getResponseBody()) {
            subscriber.writeTo(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watch.leave(subscriber);
            subscribers.remove(subscriber);
        }
    }

    /// Ends all streams and stops listening.
    @Override
    public void close() {
        subscribers.forEach(EventStream::end);
        server.stop(0);
        threads.close();
    }
}
