package dev.rowcast.endpoint.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How a function takes events, prefix `rowcast.delivery`.
@ConfigMapping(prefix = "rowcast.delivery")
public interface DeliverySettings {

    /// Events in one batch at most, 1 or more.
    @WithDefault("256")
    int maxBatch();

    /// Events that may wait for a batch; above it an event is answered 503. 0 or more.
    @WithDefault("1024")
    int maxWaiting();

    /// Batches under way at a time, 1 or more.
    @WithDefault("2")
    int inFlight();

    /// Share of the heap that events under way may take, 0.05 to 0.9; above it an event is answered 503, unless it is
    /// alone. An event counts with several times its body.
    @WithDefault("0.4")
    double heapShare();

    /// How long a sender should wait before it comes again, whole seconds, 1 or more.
    @WithDefault("2s")
    Duration retryAfter();

    /// How long events under way may take after SIGTERM. Keep it below the time that the platform gives a process to
    /// stop.
    @WithDefault("25s")
    Duration drainTimeout();

    /// Events rejected for one reason, above the number of all others, from which on the setup is held to be at fault
    /// and not the events: they are answered 503 then. 4 to 1000; 0: never, each becomes a dead letter.
    @WithDefault("32")
    int floodLimit();

    /// How long the function is not ready after such an event, until it tries again. 1 s to 10 min.
    @WithDefault("10s")
    Duration floodPause();
}
