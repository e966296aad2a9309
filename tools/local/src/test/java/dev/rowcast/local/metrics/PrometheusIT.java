package dev.rowcast.local.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real Prometheus of `make run METRICS=yes`. Where it is not built the test is skipped, and prints
/// how to get it.
@Timeout(180)
class PrometheusIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Checkout CHECKOUT = Checkout.find();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer function;
    private volatile OptionalInt port = OptionalInt.empty();

    @BeforeAll
    static void requirePrometheus() throws Exception {
        Process found = new ProcessBuilder(CHECKOUT.resolve("scripts/promtool").toString(), "path", "prometheus")
                .redirectErrorStream(true)
                .start();
        String printed = new String(found.getInputStream().readAllBytes(), UTF_8).strip();
        boolean isBuilt = found.waitFor() == 0;
        if (!isBuilt) {
            System.out.println("PrometheusIT is skipped: " + printed);
        }
        assumeTrue(isBuilt, printed);
    }

    @BeforeEach
    void startAFunctionWhoseContractIsRejected() throws IOException {
        function = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        function.createContext("/q/metrics", exchange -> {
            try (exchange) {
                byte[] page = "rowcast_precondition{name=\"contract\"} 0\n".getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        });
        function.start();
    }

    @AfterEach
    void stop() {
        function.stop(0);
    }

    @Test
    void functionsComeAndGoAndAlertsAreSeen() throws Exception {
        try (Prometheus prometheus = Prometheus.start(
                () -> Map.of("predictor", port),
                CHECKOUT,
                folder,
                RunSettings.quiet().ports().prometheus(),
                line -> System.out.println("  " + line))) {
            assertThat(page(prometheus, "alerts.html"))
                    .contains("every function is at zero", "no data: rowcast_precondition");

            port = OptionalInt.of(function.getAddress().getPort());
            await().atMost(PATIENCE)
                    .until(() -> value(prometheus, "up{job=\"functions\",container=\"predictor\"}"), "1"::equals);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(page(prometheus, "alerts.html"))
                            .containsPattern("RowcastContractRejected</th>\\s*<td class=\"firing\">pending"));
            assertThat(page(prometheus, "query.html?expr=rowcast_precondition"))
                    .contains("name=contract")
                    .doesNotContain("No series now");

            port = OptionalInt.empty();
            await().atMost(PATIENCE).until(() -> value(prometheus, "up"), "none"::equals);
        }
    }

    private String value(Prometheus prometheus, String query) throws IOException, InterruptedException {
        String path = "/api/v1/query?query=" + URLEncoder.encode(query, UTF_8);
        JsonNode value =
                new JsonMapper().readTree(get(prometheus.page().resolve(path))).at("/data/result/0/value/1");
        return value.isMissingNode() ? "none" : value.asText();
    }

    private String page(Prometheus prometheus, String name) throws IOException, InterruptedException {
        return get(prometheus.page().resolve(name));
    }

    private String get(URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
