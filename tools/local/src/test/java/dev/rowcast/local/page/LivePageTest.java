package dev.rowcast.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.page.api.PageApi;
import dev.rowcast.local.page.feed.PageFeed;
import dev.rowcast.local.page.feed.Prediction;
import dev.rowcast.local.page.feed.Problem;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LivePageTest {

    private final FakeStations stations = new FakeStations();
    private final FakeStations houses = new FakeStations(FakeStations.HOUSES);
    private List<PageFeed> feeds;
    private LivePage page;

    @BeforeEach
    void start() throws IOException {
        feeds = List.of(stations.feed(), houses.feed());
        page = LivePage.start(feeds, new PageApi(Map.of(), Map.of()), 0);
    }

    @AfterEach
    void stop() {
        page.close();
        feeds.forEach(PageFeed::close);
    }

    @Test
    void streamStartsWithTheNamesAndContinuesWithEachRow() throws IOException {
        try (EventStreamReader browser = EventStreamReader.open(page.address())) {
            JsonNode hello = browser.next("hello", _ -> true).data();
            assertThat(hello.at("/names/sourceTopic").asText()).isEqualTo("churn.public.customers");
            assertThat(hello.at("/names/threshold").asDouble()).isEqualTo(0.25);
            // When
            stations.store("2718-YSKCS", 0.75);
            // Then
            JsonNode row = browser.next("rows", _ -> true).data().at("/rows/0");
            assertThat(row.path("key").asText()).isEqualTo("2718-YSKCS");
            assertThat(row.path("probability").asDouble()).isEqualTo(0.75);
            assertThat(row.path("label").asText()).isEqualTo("Yes");
            assertThat(row.path("latency").asDouble()).isEqualTo(42.0);
        }
    }

    @Test
    void eachTableHasAStreamOfItsOwn() throws IOException {
        try (EventStreamReader browser = EventStreamReader.open(page.address(), "?table=1")) {
            assertThat(browser.next("tables", _ -> true).data()).hasToString("[\"customers\",\"sales.houses\"]");
            JsonNode hello = browser.next("hello", _ -> true).data();
            assertThat(hello.at("/names/sourceIndex").asText()).isEqualTo("rowcast-houses");
            assertThat(hello.at("/names/indexerSource").asText()).isEqualTo("indexer-houses");
            assertThat(hello.at("/names/threshold").isNull()).isTrue();
            // When
            stations.store("elsewhere", 0.75);
            houses.store("7", new Prediction.Score.Value(101.5, Optional.of(new Prediction.Interval(90, 120))));
            // Then
            JsonNode rows = browser.next("rows", _ -> true).data().path("rows");
            assertThat(rows).hasSize(1);
            assertThat(rows.at("/0/key").asText()).isEqualTo("7");
            assertThat(rows.at("/0/value").asDouble()).isEqualTo(101.5);
            assertThat(rows.at("/0/lower").asDouble()).isEqualTo(90);
            assertThat(rows.at("/0/upper").asDouble()).isEqualTo(120);
            assertThat(rows.at("/0").has("label")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"events?table=2", "events?table=-1", "events?table=", "events?table=1&table=0", "events?x"})
    void streamOfAnUnknownTableIsNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void shiftIsShownOnceEnoughRowsAreCounted() throws IOException {
        stations.scored = 199;
        try (EventStreamReader browser = EventStreamReader.open(page.address())) {
            JsonNode few = browser.next(
                            "state", state -> state.at("/shifts/0/rows").asLong() == 199)
                    .data();
            assertThat(few.at("/shifts/0/psi").isNull()).isTrue();
            // When
            stations.scored = 200;
            // Then
            JsonNode enough = browser.next(
                            "state", state -> state.at("/shifts/0/rows").asLong() == 200)
                    .data();
            assertThat(enough.at("/shifts/0/column").asText()).isEqualTo("tenure");
            assertThat(enough.at("/shifts/0/psi").asDouble()).isEqualTo(0.313);
            assertThat(enough.at("/shifts/1/psi").asDouble()).isEqualTo(0.01);
        }
    }

    @Test
    void aProblemOfThePathIsShownWithItsCommandUntilItIsFixed() throws IOException {
        try (EventStreamReader browser = EventStreamReader.open(page.address())) {
            browser.next("hello", _ -> true);
            // When
            stations.problems = List.of(new Problem("fault", "table is not captured", "ALTER PUBLICATION rowcast"));
            // Then
            JsonNode shown = browser.next(
                            "state", state -> !state.at("/problems/0").isMissingNode())
                    .data();
            assertThat(shown.at("/problems/0/problem").asText()).isEqualTo("table is not captured");
            assertThat(shown.at("/problems/0/command").asText()).isEqualTo("ALTER PUBLICATION rowcast");
            // When
            stations.problems = List.of();
            // Then
            browser.next("state", state -> state.at("/problems").isEmpty());
        }
    }

    @Test
    void laterBrowserReceivesTheLatestRowsAndCounts() throws IOException {
        try (EventStreamReader first = EventStreamReader.open(page.address())) {
            first.next("hello", _ -> true);
            stations.store("before", 0.1);
            first.next("rows", _ -> true);
        }
        try (EventStreamReader second = EventStreamReader.open(page.address())) {
            JsonNode hello = second.next("hello", _ -> true).data();
            assertThat(hello.at("/rows/0/key").asText()).isEqualTo("before");
            assertThat(hello.at("/latency/warm/p50").asDouble()).isEqualTo(42.0);
            assertThat(hello.at("/latency/cold/count").asInt()).isZero();
        }
    }

    @Test
    void silentStationIsUnknownUntilItAnswersAgain() throws IOException {
        try (EventStreamReader browser = EventStreamReader.open(page.address())) {
            browser.next("hello", _ -> true);
            // When
            stations.isPostgresSilent = true;
            // Then
            browser.next(
                    "state",
                    state -> state.at("/tables/customers").isNull()
                            && state.at("/silent/tables").asText().equals("connection refused")
                            && !state.at("/stations/Postgres").asBoolean()
                            && state.at("/stations/Elasticsearch").asBoolean()
                            && state.at("/indices/customers").asLong() == 7);
            // When
            stations.rows = 9;
            stations.isPostgresSilent = false;
            // Then
            JsonNode back = browser.next(
                            "state", state -> state.at("/tables/customers").asLong() == 9)
                    .data();
            assertThat(back.at("/silent").isEmpty()).isTrue();
        }
    }

    @Test
    void functionThatStartsIsShown() throws IOException {
        try (EventStreamReader browser = EventStreamReader.open(page.address())) {
            browser.next("hello", _ -> true);
            stations.predictor = "starting";
            browser.next(
                    "state",
                    state -> state.at("/functions/predictor/state").asText().equals("starting"));
            stations.predictor = "up";
            JsonNode up = browser.next(
                            "state",
                            state -> state.at("/functions/predictor/state")
                                    .asText()
                                    .equals("up"))
                    .data();
            assertThat(up.at("/functions/predictor/coldStarts").asLong()).isEqualTo(2);
            assertThat(up.at("/sources/predictor/delivered").asLong()).isEqualTo(20);
            assertThat(up.at("/sources/predictor/lag").asLong()).isEqualTo(5);
        }
    }

    @Test
    void retriesRefusalsAndDeadLettersAreCountedApart() throws IOException {
        try (EventStreamReader browser = EventStreamReader.open(page.address())) {
            browser.next("hello", _ -> true);
            stations.rows = 9;
            JsonNode state = browser.next(
                            "state",
                            one -> one.at("/tables/customers").asLong() == 9
                                    && !one.at("/sources").isEmpty()
                                    && !one.at("/functions").isEmpty())
                    .data();
            assertThat(state.at("/sources/predictor/retried").asLong()).isEqualTo(4);
            assertThat(state.at("/functions/predictor/refused").asLong()).isEqualTo(3);
            assertThat(state.at("/sources/predictor/deadLettered").asLong()).isEqualTo(1);
        }
    }

    @Test
    void latencyWithAColdStartIsCountedApart() throws IOException {
        try (EventStreamReader browser = EventStreamReader.open(page.address())) {
            browser.next("hello", _ -> true);
            stations.store("warm", 0.5);
            browser.next("rows", _ -> true);
            // When
            stations.starts =
                    List.of(new FunctionStatus.ColdStart(Instant.now().plusMillis(20), Duration.ofSeconds(2)));
            stations.storeAt("cold", 0.5, Instant.now().plusMillis(30));
            // Then
            JsonNode latency = browser.next("rows", _ -> true).data().path("latency");
            assertThat(latency.at("/warm/count").asInt()).isEqualTo(1);
            assertThat(latency.at("/cold/count").asInt()).isEqualTo(1);
        }
    }

    @Test
    void quietStreamHasABeatSoThatSilenceMeansTheServerIsGone() throws IOException {
        try (EventStreamReader browser = EventStreamReader.open(page.address())) {
            browser.next("hello", _ -> true);
            assertThat(browser.next("beat", _ -> true).data()).isEmpty();
        }
    }

    @Test
    void theNamesOfAnActionAreThoseOfTheTableThatHasOne() throws IOException {
        try (EventStreamReader first = EventStreamReader.open(page.address());
                EventStreamReader second = EventStreamReader.open(page.address(), "?table=1")) {
            assertThat(first.next("hello", _ -> true)
                            .data()
                            .at("/names/caseTable")
                            .asText())
                    .isEqualTo("cases");
            assertThat(second.next("hello", _ -> true).data().at("/names").has("retention"))
                    .isFalse();
        }
    }

    @Test
    void slowBrowserLosesItsStreamAndDelaysNoOther() throws IOException {
        String large = "k".repeat(4_000);
        try (EventStreamReader slow = EventStreamReader.open(page.address());
                EventStreamReader quick = EventStreamReader.open(page.address())) {
            slow.next("hello", _ -> true);
            quick.next("hello", _ -> true);
            // When
            for (int i = 0; i < 2_000; i++) {
                String key = large + i;
                stations.store(key, 0.5);
                // Then
                quick.next(
                        "rows",
                        rows -> rows.path("rows").findValuesAsText("key").contains(key));
            }
            assertThat(slow.ends()).isTrue();
        }
    }

    @Test
    void hostileKeyArrivesAsPlainText() throws IOException {
        String hostile = "</script><img src=x onerror=alert(1)>\n\nevent: hello\ndata: {}\n\n\u2028\r'\"\\&amp;";
        try (EventStreamReader browser = EventStreamReader.open(page.address())) {
            browser.next("hello", _ -> true);
            stations.store(hostile, 0.5);
            assertThat(browser.next("rows", _ -> true).data().at("/rows/0/key").asText())
                    .isEqualTo(hostile);
        }
    }

    static Stream<String> files() throws IOException {
        return PageFile.all().stream().map(file -> file.path().substring(1));
    }

    @Test
    void thePageIsSmallAndEveryModuleIsServed() throws IOException {
        List<PageFile> files = PageFile.all();
        assertThat(files.stream().mapToInt(file -> file.text().length()).sum()).isLessThan(150_000);
        assertThat(files.stream()
                        .flatMap(file -> Pattern.compile("(?:from|import|src=|href=) ?\"(/[a-z.]+)\"")
                                .matcher(file.text())
                                .results())
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .isSubsetOf(files.stream().map(PageFile::path).toList());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyAnswerForbidsForeignContent(String file) throws Exception {
        HttpResponse<String> answer = get(file);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @ParameterizedTest
    @MethodSource("files")
    void noFileUsesMarkupFromDataOrForeignContent(String file) throws Exception {
        assertThat(get(file).body().replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
                .doesNotContain("http:", "https:", "//cdn", "@import", " style=", " onclick=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../LivePage.class", "page.css/", "LivePage.class", "events/", "%2e%2e/"})
    void otherPathsAreNotServed(String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(400, 404);
    }

    @Test
    void foreignHostNameIsRefused() throws IOException {
        try (Socket socket = new Socket("localhost", page.address().getPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 421");
        }
    }

    @Test
    void onlyGetIsAnswered() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest post = HttpRequest.newBuilder(page.address())
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(405);
        }
    }

    private HttpResponse<String> get(String file) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(page.address() + file)).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
