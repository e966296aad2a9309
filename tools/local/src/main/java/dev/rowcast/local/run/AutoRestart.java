package dev.rowcast.local.run;

import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.station.Connect;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/// Starts failed connectors again, as Strimzi does where a manifest says `autoRestart`: a connector that found no
/// Postgres for long fails, and nobody else would wake it.
final class AutoRestart implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(3);

    private final Connect connect;
    private final PeriodicTask looks;

    private AutoRestart(Connect connect, List<String> connectors) {
        this.connect = connect;
        this.looks = PeriodicTask.every(EVERY, "auto-restart", () -> connectors.forEach(this::restart));
    }

    static AutoRestart start(Connect connect, List<String> connectors) {
        return new AutoRestart(connect, connectors);
    }

    private void restart(String connector) {
        if (!connect.running()) {
            return;
        }
        try {
            connect.restartFailed(connector);
        } catch (UncheckedIOException | StationFailure notNow) {
            // The worker starts or stops; the next look comes soon.
        }
    }

    @Override
    public void close() {
        looks.cut();
    }
}
