package dev.rowcast.proof.chaos.watch;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One reader that looks again and again, on a thread of its own.
final class StorePoller implements AutoCloseable {

    private static final Duration AFTER_FAILURE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// A look at a store.
    @FunctionalInterface
    interface Look {
        /// Looks.
        ///
        /// @return whether everything was seen that was there
        boolean look() throws SQLException, IOException, InterruptedException;
    }

    private final String name;
    private final Duration every;
    private final Violations findings;
    private final AutoCloseable reader;
    private final Look look;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private long looks;

    /// @param reader closed at the end
    StorePoller(String name, Duration every, Violations findings, AutoCloseable reader, Look look) {
        this.name = name;
        this.every = every;
        this.findings = findings;
        this.reader = reader;
        this.look = look;
        this.thread = Thread.ofPlatform().name("watch " + name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Looks that have seen everything.
    synchronized long looks() {
        return looks;
    }

    /// Returns when a look has begun and ended after this call. When none does, that is a finding.
    synchronized void awaitWholeLook() throws InterruptedException {
        // The next one may have begun before.
        long wanted = looks + 2;
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (looks < wanted) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                findings.lost(name + " cannot be watched");
                return;
            }
            wait(left);
        }
    }

    private void run() {
        try (reader) {
            while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                if (lookOnce()) {
                    count();
                }
            }
        } catch (Exception broken) {
            findings.lost(name + " cannot be watched any more: " + broken);
        }
    }

    private boolean lookOnce() throws InterruptedException {
        try {
            return look.look();
        } catch (SQLException | IOException away) {
            // The store is down: there is nothing to be seen now.
            Thread.sleep(AFTER_FAILURE);
            return false;
        }
    }

    private synchronized void count() {
        looks++;
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
