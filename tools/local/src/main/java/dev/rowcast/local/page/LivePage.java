package dev.rowcast.local.page;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rowcast.local.page.api.PageApi;
import dev.rowcast.local.page.feed.PageFeed;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The HTTP server of the page: its files, and `/events`, the stream of messages about one table: the first, or
/// that of `/events?table=1`. A message `tables` with the names of all tables precedes those of the feed. Below
/// `/api/` it answers the requests of the views.
public final class LivePage implements AutoCloseable {

    private static final int MOST_STREAMS = 64;
    private static final Pattern TABLE = Pattern.compile("table=(\\d{1,3})");
    /// Allows only our own files, nothing inline and nothing from other servers: a second protection
    /// against a hostile key, which the page writes as text anyway.
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final JsonMapper JSON = new JsonMapper();

    private final List<PageFeed> feeds;
    private final PageApi api;
    private final Map<String, PageFile> files = new HashMap<>();
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private LivePage(List<PageFeed> feeds, PageApi api, HttpServer server) throws IOException {
        this.feeds = List.copyOf(feeds);
        this.api = api;
        this.server = server;
        for (PageFile file : PageFile.all()) {
            files.put(file.path(), file.withToken(api.token()));
        }
    }

    /// Serves the page on the loopback interface.
    ///
    /// @param feeds supply the messages, one for each table; the caller closes them
    /// @param api answers the requests of the views
    /// @param port port to listen on; 0 for any free port
    /// @throws IOException when the port is taken
    public static LivePage start(List<PageFeed> feeds, PageApi api, int port) throws IOException {
        LivePage page = new LivePage(
                feeds, api, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        page.server.setExecutor(page.threads);
        page.server
                .createContext("/", page::answer)
                .getFilters()
                .add(Filter.beforeHandler("headers of every answer", LivePage::addHeaders));
        page.server.start();
        return page;
    }

    /// The address of the page for a browser.
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
            if (!isLocal(exchange)) {
                exchange.sendResponseHeaders(421, -1);
            } else if (PageApi.has(path)) {
                api.answer(exchange, origins());
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

    /// Refuses DNS rebinding: another site can resolve its own name to this machine, but the request then
    /// has its name.
    private boolean isLocal(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return origins().contains("http://" + host);
    }

    private Set<String> origins() {
        int port = server.getAddress().getPort();
        return Set.of("http://localhost:" + port, "http://127.0.0.1:" + port, "http://[::1]:" + port);
    }

    private static void send(HttpExchange exchange, PageFile file) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", file.type());
        byte[] body = file.text().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void stream(HttpExchange exchange) throws IOException {
        Optional<PageFeed> chosen = feed(exchange.getRequestURI().getQuery());
        if (chosen.isEmpty() || streams.size() >= MOST_STREAMS) {
            exchange.sendResponseHeaders(chosen.isEmpty() ? 404 : 503, -1);
            return;
        }
        PageFeed feed = chosen.get();
        EventStream events = new EventStream();
        streams.add(events);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        events.message("tables", JSON.valueToTree(titles()).toString());
        feed.join(events);
        try (OutputStream out = exchange.getResponseBody()) {
            events.writeTo(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            feed.leave(events);
            streams.remove(events);
        }
    }

    private Optional<PageFeed> feed(String query) {
        if (query == null) {
            return Optional.of(feeds.getFirst());
        }
        Matcher table = TABLE.matcher(query);
        return table.matches() && Integer.parseInt(table.group(1)) < feeds.size()
                ? Optional.of(feeds.get(Integer.parseInt(table.group(1))))
                : Optional.empty();
    }

    private List<String> titles() {
        return feeds.stream().map(PageFeed::title).toList();
    }

    /// Ends all streams and stops the server.
    @Override
    public void close() {
        streams.forEach(EventStream::end);
        server.stop(0);
        threads.close();
    }
}
