package dev.rowcast.replay.send;

import dev.rowcast.replay.exit.Interruption;
import java.time.Duration;

/// Delays events so that they do not exceed a rate. Used by one thread.
public final class SendRate {

    private final long nanosBetween;
    private long next = System.nanoTime();

    /// @param perSecond events a second; 0 for no limit
    public SendRate(double perSecond) {
        this.nanosBetween = perSecond > 0 ? (long) (1e9 / perSecond) : 0;
    }

    /// Waits until the next event may be sent.
    ///
    /// @return false if the command must stop
    public boolean await(Interruption interruption) throws InterruptedException {
        long now = System.nanoTime();
        // Lost time is not made up for, because the limit prevents bursts.
        next = Math.max(next, now) + nanosBetween;
        long wait = next - nanosBetween - now;
        return wait <= 0 ? !interruption.isRequested() : interruption.sleep(Duration.ofNanos(wait));
    }
}
