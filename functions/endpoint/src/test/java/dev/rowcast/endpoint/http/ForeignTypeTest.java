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
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A function that is chosen by the type of an event, as those of the product are, and events of other types.
@QuarkusTest
@TestProfile(ForeignTypeTest.ByType.class)
class ForeignTypeTest {

    /// The function takes events whose type is its name.
    public static class ByType implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.funqy.export", "");
        }
    }

    @TestHTTPResource("/")
    URI function;

    @Test
    void eventOfAForeignTypeIsPoisonAndNotBroughtAgain() throws Exception {
        HttpResponse<String> answer = EventRequests.post(function, "stored");

        assertPoison(answer, "events of type dev.knative.kafka.event are not expected here");
        assertThat(answer.headers().firstValue("kne-rowcastfunction")).contains("tested");
    }

    @Test
    void eventWithoutATypeIsPoison() throws Exception {
        HttpResponse<String> answer = EventRequests.send(
                HttpRequest.newBuilder(function).header("ce-id", "1").POST(BodyPublishers.ofString("stored")));

        assertPoison(answer, "the CloudEvent has no type");
    }

    @Test
    void eventOfAForeignTypeInStructuredModeIsPoison() throws Exception {
        HttpResponse<String> answer = EventRequests.post(
                HttpRequest.newBuilder(function).header("Content-Type", "application/cloudevents+json"), """
                        {"specversion":"1.0","type":"foreign","id":"1","source":"s"}""");

        assertPoison(answer, "events of the CloudEvent's type are not expected here");
    }

    @Test
    void eventOfItsOwnTypeIsTaken() throws Exception {
        HttpResponse<String> answer = EventRequests.post(
                HttpRequest.newBuilder(function).header("ce-id", "1").header("ce-type", "tested"), "stored");

        assertThat(answer.statusCode()).isEqualTo(204);
    }

    private static void assertPoison(HttpResponse<String> answer, String message) {
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("kne-rowcastreason")).contains("type-unknown");
        assertThat(answer.headers().firstValue("kne-rowcastmessage")).contains(message);
    }
}
