package dev.rowcast.local.knative.source;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends the waits of a source that is stopping.
final class StopSignal {

    private final CountDownLatch requested = new CountDownLatch(1);

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /// Sleeps, unless the source is stopping.
    ///
    /// @return false when the source is stopping
    boolean sleep(Duration time) throws InterruptedException {
        return !requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
