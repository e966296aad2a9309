package dev.rowcast.replay.exit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Detects Ctrl-C during a command, and delays the end of the process until the command has
/// printed its result.
public final class Interruption implements AutoCloseable {

    private static final Duration MAX_DELAY = Duration.ofSeconds(20);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");

    private Interruption() {}

    /// {@return a watch that lasts until it is closed}
    public static Interruption watch() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /// {@return whether the command must stop}
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /// Sleeps.
    ///
    /// @return false if Ctrl-C cut the sleep short
    public boolean sleep(Duration time) throws InterruptedException {
        return !requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Ends the watch: the command has printed its result.
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shutdown) {
            // The shutdown has begun: the hook is running, and ends now.
        }
    }

    private void interrupt() {
        requested.countDown();
        try {
            finished.await(MAX_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
