package dev.rowcast.endpoint.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.endpoint.http.EventRequests;
import dev.rowcast.endpoint.http.TestedFunction;
import dev.rowcast.endpoint.memory.EventsInFlight;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Stored;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The real signal and a real process are in the tests of each function.
@QuarkusTest
@TestProfile(GracefulStopTest.OwnApplication.class)
class GracefulStopTest {

    /// A stop is for ever, so this test has its application for itself.
    public static class OwnApplication implements QuarkusTestProfile {}

    @TestHTTPResource("/")
    URI function;

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    @Inject
    Event<ShutdownDelayInitiatedEvent> signal;

    @Inject
    EventsInFlight events;

    @Test
    void eventUnderWayIsAnsweredAndANewOneIsRefused() throws Exception {
        // Given
        TestedFunction.entered = new CountDownLatch(1);
        TestedFunction.held = new CompletableFuture<>();
        CompletableFuture<HttpResponse<String>> underWay =
                EventRequests.sendAsync(EventRequests.to(function).POST(HttpRequest.BodyPublishers.ofString("held")));
        assertThat(TestedFunction.entered.await(20, TimeUnit.SECONDS)).isTrue();

        // When
        Thread stop = Thread.ofVirtual().start(() -> signal.fire(new ShutdownDelayInitiatedEvent()));
        while (!events.isClosed()) {
            Thread.onSpinWait();
        }
        HttpResponse<String> refused = EventRequests.post(function, "stored");
        HttpResponse<String> notReady = EventRequests.send(HttpRequest.newBuilder(readiness));
        boolean stoppedBeforeTheAnswer = !stop.isAlive();
        TestedFunction.held.complete((Outcome) new Stored());
        HttpResponse<String> answered = underWay.get(20, TimeUnit.SECONDS);
        stop.join();

        // Then
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("2");
        assertThat(refused.headers().firstValue("Connection")).contains("close");
        assertThat(notReady.statusCode()).isEqualTo(503);
        assertThat(stoppedBeforeTheAnswer).isFalse();
        assertThat(answered.statusCode()).isEqualTo(204);
        assertThat(answered.headers().firstValue("Connection")).contains("close");
    }
}
