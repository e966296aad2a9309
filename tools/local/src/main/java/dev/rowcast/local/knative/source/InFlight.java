package dev.rowcast.local.knative.source;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Counts the deliveries in progress. One thread can wait until there are few.
final class InFlight {

    private int count;
    private int awaited;

    synchronized void add(int deliveries) {
        count += deliveries;
    }

    synchronized void remove() {
        count--;
        if (count < awaited) {
            notifyAll();
        }
    }

    synchronized int count() {
        return count;
    }

    /// Waits until fewer than `limit` deliveries are in progress.
    ///
    /// @return false after the timeout
    synchronized boolean awaitFewerThan(int limit, Duration timeout) throws InterruptedException {
        awaited = limit;
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (count >= limit) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } finally {
            awaited = 0;
        }
    }
}
