package dev.rowcast.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rowcast.local.page.api.ApiRefusal;
import dev.rowcast.local.page.api.PageApi;
import dev.rowcast.local.page.feed.PageFeed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageApiTest {

    private final AtomicInteger changes = new AtomicInteger();
    private final PageApi api = new PageApi(
            Map.of(
                    "echo",
                    request -> JsonNodeFactory.instance.objectNode().put("key", request.text("key")),
                    "silent",
                    _ -> {
                        throw new IOException("Kafka does not answer\nat all");
                    },
                    "wrong",
                    _ -> {
                        throw ApiRefusal.wrong("no such thing");
                    }),
            Map.of(
                    "change",
                    request -> JsonNodeFactory.instance
                            .objectNode()
                            .put("table", request.table(2))
                            .put("changes", changes.incrementAndGet())));
    private final PageFeed feed = new FakeStations().feed();
    private LivePage page;

    @BeforeEach
    void start() throws IOException {
        page = LivePage.start(List.of(feed), api, 0);
    }

    @AfterEach
    void stop() {
        page.close();
        feed.close();
    }

    @Test
    void changeWithTheTokenOfThePageIsMade() throws Exception {
        String html = send(HttpRequest.newBuilder(page.address())).body();
        assertThat(html).contains("content=\"" + api.token() + "\"").doesNotContain("{{token}}");

        HttpResponse<String> answer =
                send(post("{\"table\":\"1\"}").header("Origin", origin()).header("Sec-Fetch-Site", "same-origin"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"table\":1,\"changes\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "00000000000000000000000000000000000000000000000"})
    void changeWithoutTheTokenIsRefused(String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(path("change"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        if (!token.isEmpty()) {
            request.header(PageApi.TOKEN_HEADER, token);
        }
        assertThat(send(request).statusCode()).isEqualTo(403);
        assertThat(changes).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, http://localhost:1",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void anotherSiteIsRefusedEvenWithTheToken(String header, String value) throws Exception {
        assertThat(send(post("{}").header(header, value)).statusCode()).isEqualTo(403);
        assertThat(send(HttpRequest.newBuilder(path("echo?key=1")).header(header, value))
                        .statusCode())
                .isEqualTo(403);
        assertThat(changes).hasValue(0);
    }

    @Test
    void foreignHostNameIsRefusedByTheInterface() throws IOException {
        String request = "POST /api/change HTTP/1.1\r\nHost: evil.example:%d\r\n%s: %s\r\nContent-Length: 2\r\n\r\n{}"
                .formatted(page.address().getPort(), PageApi.TOKEN_HEADER, api.token());
        try (Socket socket = new Socket("localhost", page.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 421");
        }
        assertThat(changes).hasValue(0);
    }

    @Test
    void onlyTheLoopbackInterfaceIsServed() throws Exception {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses()
                    .filter(one -> !one.isLoopbackAddress() && !one.isLinkLocalAddress())
                    .toList()) {
                assertThatThrownBy(() -> new Socket(address, page.address().getPort()).close())
                        .as("%s", address)
                        .isInstanceOf(ConnectException.class);
            }
        }
        assertThat(send(HttpRequest.newBuilder(page.address())).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"text/plain|{}|415", "application/json|[]|400", "application/json|{|400", "application/json|''|400"
            })
    void changeThatIsNoJsonObjectIsRefused(String type, String body, int status) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(path("change"))
                .header("Content-Type", type)
                .header(PageApi.TOKEN_HEADER, api.token())
                .POST(HttpRequest.BodyPublishers.ofString(body));
        assertThat(send(request).statusCode()).isEqualTo(status);
        assertThat(changes).hasValue(0);
    }

    @Test
    void largeChangeIsRefused() throws Exception {
        assertThat(send(post("{\"key\":\"" + "k".repeat(256 << 10) + "\"}")).statusCode())
                .isEqualTo(413);
        assertThat(changes).hasValue(0);
    }

    @Test
    void parametersOfAReadAreDecoded() throws Exception {
        assertThat(send(HttpRequest.newBuilder(path("echo?table=0&key=a%26b%20%C3%A4")))
                        .body())
                .isEqualTo("{\"key\":\"a&b ä\"}");
    }

    @ParameterizedTest
    @CsvSource({"echo, 400", "wrong, 400", "silent, 502", "change, 404", "nothing, 404"})
    void eachFailureHasItsStatus(String path, int status) throws Exception {
        URI address = URI.create(page.address() + "api/");
        String request =
                "GET " + address.getPath() + path + " HTTP/1.0\r\nHost: localhost:" + address.getPort() + "\r\n\r\n";
        try (Socket socket = new Socket("localhost", address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status).contains("{\"error\":\"");
            assertThat(answer).doesNotContain("at all");
        }
    }

    @Test
    void unknownTableIsRefused() throws Exception {
        assertThat(send(post("{\"table\":\"2\"}")).statusCode()).isEqualTo(400);
        assertThat(send(post("{\"table\":\"-1\"}")).statusCode()).isEqualTo(400);
        assertThat(changes).hasValue(0);
    }

    private HttpRequest.Builder post(String body) {
        return HttpRequest.newBuilder(path("change"))
                .header("Content-Type", "application/json")
                .header(PageApi.TOKEN_HEADER, api.token())
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private String origin() {
        return "http://localhost:" + page.address().getPort();
    }

    private URI path(String path) {
        return URI.create(page.address() + "api/" + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
