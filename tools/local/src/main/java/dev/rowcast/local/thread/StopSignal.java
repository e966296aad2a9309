package dev.rowcast.local.thread;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends the waits of a thread that is to stop. Unlike an interrupt it does not cut off I/O in progress.
public final class StopSignal {

    private final CountDownLatch requested = new CountDownLatch(1);

    /// Requests the stop.
    public void request() {
        requested.countDown();
    }

    /// Returns whether the stop is requested.
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /// Sleeps, unless the stop is requested.
    ///
    /// @return false when the stop is requested
    public boolean sleep(Duration time) throws InterruptedException {
        return !requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Sleeps like [#sleep]; an interrupt also means stop.
    ///
    /// @return false when the thread is to stop
    public boolean continuesAfter(Duration time) {
        try {
            return sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Requests the stop and waits for the end of the thread.
    public void stop(Thread thread) {
        request();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
