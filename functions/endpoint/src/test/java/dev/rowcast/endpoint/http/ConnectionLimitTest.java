package dev.rowcast.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
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
        try (Socket _ = connect();
                Socket _ = connect();
                Socket third = connect()) {
            assertThat(third.getInputStream().read()).isEqualTo(-1);
        }

        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(EventRequests.post(function, "stored").statusCode())
                                .isEqualTo(204));
    }

    private Socket connect() throws IOException {
        return new Socket(function.getHost(), function.getPort());
    }
}
