package dev.rowcast.replay.exit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C while a command is at work: it is told, and the process waits until the command has said where to go on.
public final class Interruption implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");

    private Interruption() {}

    /// Watches from now on, until it is closed.
    public static Interruption watch() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /// Whether it is time to stop.
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /// Sleeps.
    ///
    /// @return false when the sleep was cut short because it is time to stop
    public boolean sleep(Duration time) throws InterruptedException {
        return !requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The command has said what it had to say.
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // Ctrl-C was quicker: the hook runs, and ends now.
        }
    }

    private void interrupt() {
        requested.countDown();
        try {
            finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
