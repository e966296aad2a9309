package dev.rowcast.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// Reads the event stream of the page like a browser, on its own socket.
final class EventStreamReader implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MS = 30_000;

    record Event(String name, JsonNode data) {}

    private final Socket socket;
    private final BufferedReader lines;

    private EventStreamReader(Socket socket) throws IOException {
        this.socket = socket;
        this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    static EventStreamReader open(URI page) throws IOException {
        return open(page, "");
    }

    /// Opens the stream of a table.
    ///
    /// @param query such as `?table=1`
    static EventStreamReader open(URI page, String query) throws IOException {
        Socket socket = new Socket();
        // So small that a browser that does not read fills it at once.
        socket.setReceiveBufferSize(2_048);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress("localhost", page.getPort()));
        // HTTP 1.0: no chunks, and the end of the connection ends the stream.
        String request = "GET /events" + query + " HTTP/1.0\r\nHost: localhost:" + page.getPort() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new EventStreamReader(socket);
    }

    /// The next event that matches; skips headers, empty lines and comments.
    Event next(String name, Predicate<JsonNode> fits) throws IOException {
        long patience = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        String event = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (System.nanoTime() > patience) {
                throw new IOException("nothing but other events in " + PATIENCE_MS + " ms, waiting for " + name);
            }
            if (line.startsWith("event: ")) {
                event = line.substring("event: ".length());
            } else if (line.startsWith("data: ") && event.equals(name)) {
                JsonNode data = JSON.readTree(line.substring("data: ".length()));
                if (fits.test(data)) {
                    return new Event(event, data);
                }
            }
        }
        throw new IOException("the stream ended before " + name);
    }

    boolean ends() throws IOException {
        String line = lines.readLine();
        while (line != null) {
            line = lines.readLine();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
