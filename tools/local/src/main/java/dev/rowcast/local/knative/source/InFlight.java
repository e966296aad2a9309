package dev.rowcast.local.knative.source;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts the deliveries under way, and lets one thread wait until there are few.
final class InFlight {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private int count;
    private int awaited;

    void add(int deliveries) {
        lock.lock();
        try {
            count += deliveries;
        } finally {
            lock.unlock();
        }
    }

    void remove() {
        lock.lock();
        try {
            count--;
            if (count < awaited) {
                fewer.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until fewer than `limit` are under way.
    ///
    /// @return false when that took longer than `patience`
    boolean awaitFewerThan(int limit, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            awaited = limit;
            long nanos = patience.toNanos();
            while (count >= limit) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = fewer.awaitNanos(nanos);
            }
            return true;
        } finally {
            awaited = 0;
            lock.unlock();
        }
    }
}
