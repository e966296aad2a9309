package dev.rowcast.local.run;

import dev.rowcast.local.thread.PeriodicTask;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.station.Connect;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/// Restarts failed connectors, as Strimzi does for a manifest with `autoRestart`: a connector fails when
/// Postgres is down for long, and does not restart by itself.
final class AutoRestart {

    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private AutoRestart() {}

    static AutoCloseable start(Connect connect, List<String> connectors) {
        return PeriodicTask.every(
                INTERVAL, "auto-restart", () -> connectors.forEach(connector -> restart(connect, connector)))::cancel;
    }

    private static void restart(Connect connect, String connector) {
        try {
            if (connect.running()) {
                connect.restartFailed(connector);
            }
        } catch (UncheckedIOException | StationFailure notNow) {
            // The worker is starting or stopping; the next attempt follows soon.
        }
    }
}
