package dev.rowcast.proof.chaos.watch;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Reads a store repeatedly on a thread of its own.
final class StorePoller implements AutoCloseable {

    private static final Duration AFTER_FAILURE = Duration.ofMillis(100);
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);

    /// A read of a store.
    @FunctionalInterface
    interface StoreRead {
        /// Reads.
        ///
        /// @return whether the read was complete
        boolean run() throws SQLException, IOException, InterruptedException;
    }

    private final String name;
    private final Duration every;
    private final Violations violations;
    private final AutoCloseable reader;
    private final StoreRead read;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private long reads;

    /// @param reader closed at the end
    StorePoller(String name, Duration every, Violations violations, AutoCloseable reader, StoreRead read) {
        this.name = name;
        this.every = every;
        this.violations = violations;
        this.reader = reader;
        this.read = read;
        this.thread = Thread.ofPlatform().name("watch " + name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// {@return the number of complete reads}
    synchronized long reads() {
        return reads;
    }

    /// Returns when a read has started and ended after this call. A timeout is a violation.
    synchronized void awaitRead() throws InterruptedException {
        // The next read that ends may have started before.
        long wanted = reads + 2;
        long until = System.nanoTime() + READ_TIMEOUT.toNanos();
        while (reads < wanted) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                violations.lost(name + " cannot be read");
                return;
            }
            wait(left);
        }
    }

    private void run() {
        try (reader) {
            while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                if (readOnce()) {
                    count();
                }
            }
        } catch (Exception broken) {
            violations.lost(name + " cannot be read any more: " + broken);
        }
    }

    private boolean readOnce() throws InterruptedException {
        try {
            return read.run();
        } catch (SQLException | IOException storeIsDown) {
            Thread.sleep(AFTER_FAILURE);
            return false;
        }
    }

    private synchronized void count() {
        reads++;
        notifyAll();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
