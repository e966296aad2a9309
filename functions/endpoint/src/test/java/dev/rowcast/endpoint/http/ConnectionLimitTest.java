package dev.rowcast.endpoint.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A sender that opens one connection after another.
@QuarkusTest
@TestProfile(ConnectionLimitTest.FewConnections.class)
class ConnectionLimitTest {

    /// The third connection is one too many.
    public static class FewConnections implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.limits.max-connections", "2");
        }
    }

    @TestHTTPResource("/")
    URI function;

    @Test
    void connectionBeyondTheLimitIsClosedAndLaterEventsAreTaken() throws Exception {
        try (Socket first = connect();
                Socket second = connect();
                Socket third = connect()) {
            assertThat(isAnswered(first)).isTrue();
            assertThat(isAnswered(second)).isTrue();
            assertThat(isAnswered(third)).isFalse();
        }

        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(EventRequests.post(function, "stored").statusCode())
                                .isEqualTo(204));
    }

    private Socket connect() throws IOException {
        return new Socket(function.getHost(), function.getPort());
    }

    private static boolean isAnswered(Socket connection) throws IOException {
        connection.getOutputStream().write("GET /q/health/live HTTP/1.1\r\nHost: function\r\n\r\n".getBytes(US_ASCII));
        try {
            return connection.getInputStream().read() >= 0;
        } catch (SocketException reset) {
            return false;
        }
    }
}
