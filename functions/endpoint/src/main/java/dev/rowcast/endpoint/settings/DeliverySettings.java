package dev.rowcast.endpoint.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The limits for accepting and batching events, prefix `rowcast.delivery`.
@ConfigMapping(prefix = "rowcast.delivery")
public interface DeliverySettings {

    /// Maximum events in one batch, 1 or more.
    @WithDefault("256")
    int maxBatch();

    /// Maximum events that wait for a batch; more are answered 503. 0 or more.
    @WithDefault("1024")
    int maxWaiting();

    /// Maximum batches running at a time, 1 or more.
    @WithDefault("2")
    int inFlight();

    /// Share of the heap that all events in progress may use, 0.05 to 0.9; above it an event is answered
    /// 503, unless it is the only one. An event counts with several times its body.
    @WithDefault("0.4")
    double heapShare();

    /// Time that a sender should wait before a retry, whole seconds, 1 or more.
    @WithDefault("2s")
    Duration retryAfter();

    /// Maximum time for events in progress after SIGTERM. Keep it below the time that the platform gives a
    /// process to stop, less the 30 s that Knative's proxy takes before SIGTERM.
    @WithDefault("25s")
    Duration drainTimeout();

    /// Rejections for one reason, minus all other events, from which the setup is considered faulty instead
    /// of the events; they are then answered 503. 4 to 1000; 0: never, each becomes a dead letter.
    @WithDefault("32")
    int floodLimit();

    /// Time that the function is not ready after such an event, until it tries again. 1 s to 10 min.
    @WithDefault("10s")
    Duration floodPause();
}
