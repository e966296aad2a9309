package dev.rowcast.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AnswersTest {

    private static final int LIMIT = 10 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TestHTTPResource("/")
    URI function;

    @ParameterizedTest(name = "{0} is answered {1}")
    @CsvSource({
        "stored, 204",
        "tombstone, 204",
        "rejected, 422",
        "unavailable, 503",
        "overloaded, 503",
        "closed, 503",
        "bug, 500",
        "late bug, 500"
    })
    void outcomeBecomesItsStatus(String outcome, int status) throws Exception {
        assertThat(EventRequests.post(function, outcome).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0} counts as {1} for {2}")
    @CsvSource({
        "stored, stored, none",
        "tombstone, skipped, none",
        "rejected, rejected, feature-missing",
        "unavailable, unavailable, none",
        "overloaded, unavailable, none"
    })
    void everyOutcomeIsCountedOnce(String body, String outcome, String reason) throws Exception {
        double before = counted(outcome, reason);

        EventRequests.post(function, body);

        assertThat(counted(outcome, reason)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored", "rejected", "unavailable", "bug"})
    void everyAnswerIsTimed(String body) throws Exception {
        double before = metric("rowcast_delivery_seconds_count ");

        EventRequests.post(function, body);

        // The time is added after the answer is sent, that of an earlier request possibly after `before` was read.
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(metric("rowcast_delivery_seconds_count ")).isGreaterThanOrEqualTo(before + 1));
        assertThat(metric("rowcast_delivery_seconds_bucket{le=\"10.0\"} ")).isPositive();
    }

    private double counted(String outcome, String reason) throws Exception {
        return metric("rowcast_outcomes_total{outcome=\"" + outcome + "\",reason=\"" + reason + "\"} ");
    }

    private double metric(String line) throws Exception {
        return EventRequests.send(HttpRequest.newBuilder(function.resolve("/q/metrics")))
                .body()
                .lines()
                .filter(found -> found.startsWith(line))
                .mapToDouble(found -> Double.parseDouble(found.substring(line.length())))
                .sum();
    }

    @Test
    void emptyBodyReachesTheFunctionAsNoBytes() throws Exception {
        HttpResponse<String> answer =
                EventRequests.send(EventRequests.to(function).POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
    }

    @Test
    void rejectionSaysWhyInHeadersOfPrintableAscii() throws Exception {
        HttpResponse<String> answer = EventRequests.post(function, "rejected");

        assertThat(answer.headers().firstValue("kne-rowcastreason")).contains("feature-missing");
        assertThat(answer.headers().firstValue("kne-rowcastmessage")).contains("column tenure ? f?r K?ndiger");
        assertThat(answer.headers().firstValue("kne-rowcastfunction")).contains("tested");
    }

    @Test
    void unavailableSaysWhenToComeAgain() throws Exception {
        assertThat(EventRequests.post(function, "unavailable").headers().firstValue("Retry-After"))
                .contains("7");
        assertThat(EventRequests.post(function, "overloaded").headers().firstValue("Retry-After"))
                .contains("2");
    }

    @Test
    void unavailableSaysWhyForTheDeadLetterThatItMayBecome() throws Exception {
        HttpResponse<String> answer = EventRequests.post(function, "unavailable");

        assertThat(answer.headers().firstValue("kne-rowcastmessage")).contains("Postgres does not answer");
        assertThat(answer.headers().firstValue("kne-rowcastfunction")).contains("tested");
        assertThat(answer.headers().firstValue("kne-rowcastreason")).isEmpty();
    }

    @Test
    void bodyOverTheLimitIsPoisonNotAnUnknownStatus() throws Exception {
        byte[] large = new byte[LIMIT + 1];

        HttpResponse<String> announced =
                EventRequests.send(EventRequests.to(function).POST(HttpRequest.BodyPublishers.ofByteArray(large)));
        HttpResponse<String> chunked = EventRequests.send(EventRequests.to(function)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));

        assertThat(announced.statusCode()).isEqualTo(422);
        assertThat(announced.headers().firstValue("kne-rowcastreason")).contains("too-large");
        assertThat(chunked.statusCode()).isEqualTo(422);
        assertThat(chunked.headers().firstValue("kne-rowcastreason")).contains("too-large");
    }

    @Test
    void bodyAtTheLimitReachesTheFunction() throws Exception {
        assertThat(EventRequests.post(function, "x".repeat(LIMIT)).headers().firstValue("kne-rowcastmessage"))
                .contains("unknown");
    }

    @Test
    void keyOf4500BytesInTwoHeadersIsRead() throws Exception {
        String key = "k".repeat(4_500);

        assertThat(EventRequests.post(
                                EventRequests.to(function)
                                        .setHeader("ce-key", key)
                                        .setHeader("ce-partitionkey", key),
                                "stored")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void structuredModeIsReadToo() throws Exception {
        assertThat(structured("{'specversion':'1.0','type':'t','id':'1','source':'s','data':'structured'}")
                        .statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Application/CloudEvents+JSON",
                "application/cloudevents+json; charset=UTF-8",
                " APPLICATION/CLOUDEVENTS+JSON ;charset=utf-8"
            })
    void mediaTypeOfStructuredModeHasNoCaseAndMayHaveParameters(String contentType) throws Exception {
        assertThat(structured(contentType, "{'specversion':'1.0','type':'t','id':'1','source':'s','data':'structured'}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(structured(contentType, "{'specversion':'1.0','type':7,'id':'1','source':'s'}")
                        .headers()
                        .firstValue("kne-rowcastreason"))
                .contains("no-envelope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents+jsonl", "Application/CloudEvents+JSON-seq"})
    void mediaTypeThatOnlyBeginsLikeThatOfACloudEventIsPoison(String contentType) throws Exception {
        HttpResponse<String> answer = structured(contentType, "{'specversion':'1.0','type':'t','id':'1','source':'s'}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("kne-rowcastreason")).contains("no-envelope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "deflate", "br", "identity, gzip"})
    void compressedBodySaysThatItIsNotAccepted(String encoding) throws Exception {
        HttpResponse<String> answer =
                EventRequests.post(EventRequests.to(function).header("Content-Encoding", encoding), "stored");

        EventRequests.assertRejected(answer, "not-json", "no Content-Encoding is accepted");
    }

    @Test
    void bodyThatIsNotEncodedMaySaySo() throws Exception {
        HttpResponse<String> answer =
                EventRequests.post(EventRequests.to(function).header("Content-Encoding", "Identity"), "stored");

        assertThat(answer.statusCode()).isEqualTo(204);
    }

    @ParameterizedTest(name = "a body of {0} bytes")
    @ValueSource(ints = {6, 1_000_000})
    void senderThatExpectsToContinueIsToldToAndAnswered(int length) throws Exception {
        HttpResponse<String> answer =
                EventRequests.post(EventRequests.to(function).expectContinue(true), "stored".repeat(length / 6));

        assertThat(answer.statusCode()).isEqualTo(length == 6 ? 204 : 422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'specversion':'1.0','id':'1','source':'s'} | no-envelope",
                "{'specversion':'1.0','type':7,'id':'1','source':'s'} | no-envelope",
                "[] | no-envelope",
                "{'specversion':'1.0','type':'t' | not-json",
                "{'specversion':'1.0','type':'t','data_base64':'§'} | no-envelope",
            },
            quoteCharacter = '"')
    void brokenStructuredModeIsPoison(String body, String reason) throws Exception {
        HttpResponse<String> answer = structured(body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("kne-rowcastreason")).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json", "application/cloudevents-batch+json", "multipart/mixed"})
    void whatIsNoCloudEventIsPoisonWhateverItSaysItIs(String contentType) throws Exception {
        HttpResponse<String> answer =
                EventRequests.post(HttpRequest.newBuilder(function).header("Content-Type", contentType), "stored");

        EventRequests.assertRejected(answer, "no-envelope", "not a CloudEvent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "Multipart/Form-Data; boundary=x",
                "multipart/form-data",
                " multipart/form-data; boundary=x"
            })
    void recordThatSaysItIsAFormReachesTheFunctionWhole(String contentType) throws Exception {
        HttpResponse<String> answer =
                EventRequests.post(EventRequests.to(function).header("Content-Type", contentType), "rejected");

        assertThat(answer.headers().firstValue("kne-rowcastreason")).contains("feature-missing");
    }

    @Test
    void eventWithoutSpecVersionOrTypeIsStillAnswered() throws Exception {
        HttpRequest.Builder bare = HttpRequest.newBuilder(function)
                .header("ce-id", "1")
                .POST(HttpRequest.BodyPublishers.ofString("stored"));

        assertThat(EventRequests.send(bare).statusCode()).isEqualTo(204);
    }

    private HttpResponse<String> structured(String body) throws Exception {
        return structured("application/cloudevents+json", body);
    }

    private HttpResponse<String> structured(String contentType, String body) throws Exception {
        return EventRequests.post(
                HttpRequest.newBuilder(function).header("Content-Type", contentType), body.replace('\'', '"'));
    }
}
