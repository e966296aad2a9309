package dev.rowcast.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowcast.endpoint.memory.Footprint;
import dev.rowcast.endpoint.memory.MemoryBudget;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Answers to events when the running events fill the memory.
@QuarkusTest
@Timeout(60)
class MemoryBudgetAtTheDoorTest {

    private static final long MORE_THAN_THERE_IS = Long.MAX_VALUE / 4;
    private static final long MOST = 10L * 1024 * 1024;
    private static final byte[] LARGE = "x".repeat(9_000_000).getBytes(StandardCharsets.US_ASCII);

    @TestHTTPResource("/")
    URI function;

    @Inject
    MemoryBudget room;

    private MemoryBudget.Reservation others;

    @AfterEach
    void leave() {
        if (others != null) {
            others.release();
        }
    }

    static Stream<BodyPublisher> bodies() {
        return Stream.of(
                BodyPublishers.ofString("stored"),
                BodyPublishers.ofByteArray(LARGE),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(LARGE)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void eventWithoutMemoryIsRetriedAndStoredLater(BodyPublisher body) throws Exception {
        others = fill();
        HttpResponse<String> refused =
                EventRequests.send(EventRequests.to(function).POST(body));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("2");

        others.release();
        assertThat(EventRequests.send(EventRequests.to(function).POST(body)).statusCode())
                .isIn(204, 422);
        assertThat(EventRequests.post(function, "stored").statusCode()).isEqualTo(204);
    }

    @Test
    void tombstoneNeedsNoRoom() throws Exception {
        others = fill();

        assertThat(EventRequests.send(EventRequests.to(function).POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void bodyOfManySmallValuesNeedsMoreMemoryThanItsBytes() throws Exception {
        String body = "[" + "{},".repeat(1_000);
        others = room.reserve();
        assertThat(others.resize(room.size() - Footprint.ofLength(body.length()) - 1_000))
                .isTrue();

        assertThat(EventRequests.post(function, body).statusCode()).isEqualTo(503);
        assertThat(EventRequests.post(function, "x".repeat(body.length())).statusCode())
                .isEqualTo(422);
    }

    @Test
    void shortEventThatDoesNotSayItsLengthFindsRoomBesideOthers() throws Exception {
        others = room.reserve();
        assertThat(others.resize(room.size() - 3 * MOST)).isTrue();

        HttpResponse<String> answer = EventRequests.send(EventRequests.to(function)
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream("stored".getBytes(StandardCharsets.US_ASCII)))));

        assertThat(answer.statusCode()).isEqualTo(204);
    }

    @Test
    void eventThatDoesNotSayItsLengthNeverWaitsForAllOfASmallRoom() {
        assertThat(Footprint.ofUnknownLength(MOST, 3 * MOST)).isEqualTo(3 * MOST / 2);
        assertThat(Footprint.ofUnknownLength(MOST, 100 * MOST)).isEqualTo(2 * MOST);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyAnswerGivesTheRoomBack(BodyPublisher body) throws Exception {
        EventRequests.send(EventRequests.to(function).POST(body));
        EventRequests.post(function, "bug");
        EventRequests.post(function, "x".repeat(10 * 1024 * 1024 + 1));

        awaitEmpty();
    }

    @Test
    void brokenConnectionReleasesTheMemoryAndIsNoFault() throws Exception {
        List<LogRecord> logged = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger(EventRoute.class.getName());
        log.setFilter(logged::add);
        try (Socket sender = new Socket(function.getHost(), function.getPort())) {
            String head = "POST / HTTP/1.1\r\nHost: tested\r\nce-id: 1\r\nContent-Length: 9000000\r\n\r\n";
            sender.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            sender.getOutputStream().write(LARGE, 0, 1_000_000);
            awaitReservation();
        }

        awaitEmpty();
        log.setFilter(null);
        assertThat(logged).extracting(LogRecord::getLevel).doesNotContain(Level.SEVERE, Level.WARNING);
    }

    private MemoryBudget.Reservation fill() {
        MemoryBudget.Reservation place = room.reserve();
        assertThat(place.resize(MORE_THAN_THERE_IS)).isTrue();
        return place;
    }

    /// The function releases its reservation after the test has received the answer.
    private void awaitEmpty() {
        await().pollInterval(Duration.ofMillis(5)).until(this::isEmpty);
    }

    private void awaitReservation() {
        await().pollInterval(Duration.ofMillis(5)).until(() -> !isEmpty());
    }

    private boolean isEmpty() {
        MemoryBudget.Reservation place = room.reserve();
        boolean alone = place.resize(MORE_THAN_THERE_IS);
        place.release();
        return alone;
    }
}
