package dev.rowcast.endpoint.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.endpoint.memory.EventsInFlight;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PreconditionsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Preconditions preconditions = new Preconditions(registry);
    private final EventsInFlight events = new EventsInFlight();
    private final ReadinessCheck health = new ReadinessCheck(preconditions, events);
    private final SynchronousQueue<Optional<String>> results = new SynchronousQueue<>();

    @AfterEach
    void stop() {
        preconditions.stop();
    }

    @Test
    void functionIsNotReadyBeforeTheFirstCheck() {
        preconditions.watch("postgres", Duration.ofMillis(1), this::next);

        assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.call().getData().orElseThrow()).containsEntry("postgres", "not checked yet");
    }

    @Test
    void readinessFollowsTheCheckAndSaysWhy() throws InterruptedException {
        preconditions.watch("contract", Duration.ofMillis(1), this::next);

        results.put(Optional.empty());
        results.put(Optional.of("column tenure is gone"));
        awaitReported("column tenure is gone");
        assertThat(registry.get("rowcast.precondition")
                        .tag("name", "contract")
                        .gauge()
                        .value())
                .isZero();
        HealthCheckResponse broken = health.call();
        results.put(Optional.empty());
        awaitReported("holds");
        HealthCheckResponse mended = health.call();

        assertThat(broken.getStatus()).isEqualTo(Status.DOWN);
        assertThat(mended.getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void checkThatThrowsIsAProblemAndIsMadeAgain() throws InterruptedException {
        watchAfter(() -> {
            throw new IllegalStateException("refused");
        });

        results.put(Optional.of("still refused"));
        awaitReported("still refused");

        assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void warningIsShownAndLeavesTheFunctionReady() throws InterruptedException {
        preconditions.warn("path-warnings", Duration.ofMillis(1), this::next);

        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
        results.put(Optional.of("changes wait"));
        awaitReported("changes wait");

        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
        assertThat(registry.get("rowcast.precondition")
                        .tag("name", "path-warnings")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void checkThatEndsInAnErrorIsAProblemAndIsMadeAgain() throws InterruptedException {
        watchAfter(() -> {
            throw new NoClassDefFoundError("gone");
        });

        results.put(Optional.empty());
        awaitReported("holds");

        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void checkThatSaysNothingIsAProblem() {
        preconditions.watch("store", Duration.ofMillis(1), () -> null);

        awaitReported("the check returned null");
    }

    @Test
    void functionThatStopsIsNotReady() {
        events.close();

        assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);
    }

    /// Watches a check whose first call fails.
    private void watchAfter(Runnable failure) {
        int[] calls = {0};
        preconditions.watch("store", Duration.ofMillis(1), () -> {
            if (calls[0]++ == 0) {
                failure.run();
            }
            return next();
        });
    }

    private Optional<String> next() {
        try {
            return results.take();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of("stopped");
        }
    }

    private void awaitReported(String state) {
        while (!health.call().getData().orElseThrow().containsValue(state)) {
            Thread.onSpinWait();
        }
    }
}
