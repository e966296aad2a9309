package dev.rowcast.testkit.function.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.function.FunctionHealth;
import dev.rowcast.testkit.station.Postgres;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;

/// A test of a packaged function that Quarkus started, with a real Postgres. Each test begins when the function is
/// ready.
public abstract class ReadyFunction {

    /// Postgres, with the schema.
    protected Postgres postgres;

    /// Sends events to the function.
    protected EventClient sender;

    /// The readiness of the function.
    protected FunctionHealth health;

    @TestHTTPResource("/")
    private URI function;

    /// Waits until the function is ready.
    @BeforeEach
    public final void awaitReady() {
        sender = new EventClient(function);
        health = new FunctionHealth(function);
        health.awaitReady();
    }

    /// Posts an event once. Fails unless it is answered 204.
    protected final void assertTaken(String event) throws IOException, InterruptedException {
        assertThat(sender.post(event).statusCode()).isEqualTo(204);
    }

    /// Fails unless bodies that contain no change are answered 204.
    protected final void assertSkipsWhatIsNoChange() throws IOException, InterruptedException {
        assertThat(sender.postTombstone()).isEqualTo("HTTP/1.1 204 No Content");
        assertTaken("");
        assertTaken("{\"ts_ms\": 1}");
    }

    /// Delivers an event. Fails unless it is answered 204.
    protected final void deliver(String event) {
        assertThat(sender.deliver(event).statusCode()).isEqualTo(204);
    }
}
