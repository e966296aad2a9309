package dev.rowcast.local.run;

import dev.rowcast.local.process.StationFailure;
import dev.rowcast.local.station.Connect;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Starts failed connectors again, as Strimzi does where a manifest says `autoRestart`: a connector that found no
/// Postgres for long fails, and nobody else would wake it.
final class AutoRestart implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(3);

    private final Connect connect;
    private final List<String> connectors;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("auto-restart").unstarted(this::run);

    private AutoRestart(Connect connect, List<String> connectors) {
        this.connect = connect;
        this.connectors = connectors;
    }

    static AutoRestart start(Connect connect, List<String> connectors) {
        AutoRestart restarts = new AutoRestart(connect, connectors);
        restarts.thread.start();
        return restarts;
    }

    private void run() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                connectors.forEach(this::restart);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
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
        closed.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
