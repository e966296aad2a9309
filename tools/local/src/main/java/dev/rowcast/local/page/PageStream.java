package dev.rowcast.local.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

/// Reads what the live page gets from its server, for the tests of the whole system.
public final class PageStream {

    /// Several minutes of the stream.
    private static final int LINES = 1000;

    private PageStream() {}

    /// Reads the states of a table until one contains a text.
    ///
    /// @param table its place in the switch, 0 for the shipped table
    /// @return false if none did
    public static boolean shows(URI page, int table, String text) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(page.resolve("/events?table=" + table)).build();
        try (HttpClient client = HttpClient.newHttpClient();
                Stream<String> stream = client.send(request, HttpResponse.BodyHandlers.ofLines())
                        .body()) {
            return stream.limit(LINES).anyMatch(line -> line.contains(text));
        }
    }
}
