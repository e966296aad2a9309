package dev.rowcast.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Answers when most events are rejected for one reason.
@QuarkusTest
@TestProfile(FloodTest.ByDefault.class)
@Timeout(60)
class FloodTest {

    private static final int LIMIT = 16;

    /// As shipped, but soon ready again.
    public static class ByDefault implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rowcast.delivery.flood-limit", "16", "rowcast.delivery.flood-pause", "1s");
        }
    }

    @TestHTTPResource("/")
    URI function;

    @BeforeEach
    void allIsWell() throws Exception {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(EventRequests.post(function, "stored").statusCode()).isEqualTo(204);
        }
    }

    @Test
    void floodOfOneReasonIsToldToComeAgainAndSaysWhy() throws Exception {
        List<HttpResponse<String>> answers = rejectAtOnce(200);

        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 422)
                .as("dead letters")
                .hasSize(LIMIT - 1);
        assertThat(answers).filteredOn(answer -> answer.statusCode() != 422).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("2");
            assertThat(answer.headers().firstValue("kne-rowcastreason")).isEmpty();
            assertThat(answer.headers().firstValue("kne-rowcastmessage"))
                    .hasValueSatisfying(
                            why -> assertThat(why).contains("flood of feature-missing", "tenure", "converter"));
        });
    }

    @Test
    void otherEventsAreAnsweredAsAlwaysDuringAFlood() throws Exception {
        rejectAtOnce(LIMIT);

        assertThat(EventRequests.post(function, "stored").statusCode()).isEqualTo(204);
        assertThat(EventRequests.post(function, "no such thing").headers().firstValue("kne-rowcastreason"))
                .contains("not-json");
        assertThat(EventRequests.post(function, "rejected").statusCode()).isEqualTo(503);
    }

    @Test
    void functionIsNotReadyDuringAFloodAndThenTriesAgain() throws Exception {
        rejectAtOnce(LIMIT);
        HttpResponse<String> down = awaitReadiness(503);
        assertThat(down.body()).contains("most events are rejected as feature-missing");
        assertThat(metric("rowcast_precondition{name=\"flood\"}")).isZero();

        awaitReadiness(200);
        assertThat(EventRequests.post(function, "rejected").statusCode()).isEqualTo(503);

        awaitReadiness(503);
    }

    @Test
    void floodEndsWithGoodEventsAndWhatIsBadBecomesADeadLetter() throws Exception {
        rejectAtOnce(LIMIT);

        allIsWell();

        assertThat(EventRequests.post(function, "rejected").statusCode()).isEqualTo(422);
    }

    @Test
    void tombstonesDoNotEndAFlood() throws Exception {
        rejectAtOnce(LIMIT);
        for (int i = 0; i < 2 * LIMIT; i++) {
            assertThat(EventRequests.post(function, "").statusCode()).isEqualTo(204);
        }

        assertThat(EventRequests.post(function, "rejected").statusCode()).isEqualTo(503);
    }

    @Test
    void eventsThatAreSentAgainByHandHaveNoPartInIt() throws Exception {
        for (int i = 0; i < 2 * LIMIT; i++) {
            assertThat(replay("rejected")).isEqualTo(422);
        }
        assertThat(EventRequests.post(function, "rejected").statusCode()).isEqualTo(422);

        rejectAtOnce(LIMIT);
        for (int i = 0; i < 2 * LIMIT; i++) {
            assertThat(replay("stored")).isEqualTo(204);
        }
        assertThat(EventRequests.post(function, "rejected").statusCode()).isEqualTo(503);
    }

    @Test
    void eventsThatFunqyOrTheDoorRejectsCountToo() throws Exception {
        HttpRequest.Builder foreign = HttpRequest.newBuilder(function).POST(BodyPublishers.ofString("stored"));
        for (int i = 0; i < LIMIT - 1; i++) {
            assertThat(EventRequests.send(foreign).statusCode()).isEqualTo(422);
        }
        assertThat(EventRequests.send(foreign).statusCode()).isEqualTo(503);
    }

    private int replay(String body) throws Exception {
        return EventRequests.send(EventRequests.to(function)
                        .header("ce-rowcastreplay", "true")
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    private List<HttpResponse<String>> rejectAtOnce(int events) {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, events)
                .mapToObj(i ->
                        EventRequests.sendAsync(EventRequests.to(function).POST(BodyPublishers.ofString("rejected"))))
                .toList();
        List<HttpResponse<String>> done = new ArrayList<>();
        answers.forEach(answer -> done.add(answer.join()));
        return done;
    }

    private HttpResponse<String> awaitReadiness(int status) throws Exception {
        HttpResponse<String> answer;
        do {
            answer = EventRequests.send(HttpRequest.newBuilder(function.resolve("/q/health/ready")));
        } while (answer.statusCode() != status);
        return answer;
    }

    private double metric(String name) throws Exception {
        return EventRequests.send(HttpRequest.newBuilder(function.resolve("/q/metrics")))
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }
}
