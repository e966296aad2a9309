package dev.rowcast.replay.send;

import dev.rowcast.replay.exit.Interruption;
import java.time.Duration;

/// Lets one event go after the other, not faster than a rate. Used by one thread.
public final class RateLimiter {

    private final long nanosBetween;
    private long next = System.nanoTime();

    /// @param perSecond events a second; 0 for as fast as you like
    public RateLimiter(double perSecond) {
        this.nanosBetween = perSecond > 0 ? (long) (1e9 / perSecond) : 0;
    }

    /// Waits until the next may go.
    ///
    /// @return false when it is time to stop
    public boolean await(Interruption interruption) throws InterruptedException {
        long now = System.nanoTime();
        // What was lost while others waited is not made up for: a burst is what a rate is to prevent.
        next = Math.max(next, now) + nanosBetween;
        long wait = next - nanosBetween - now;
        return wait <= 0 ? !interruption.isRequested() : interruption.sleep(Duration.ofNanos(wait));
    }
}
