package dev.rowcast.peers.load;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// An open-loop load: each change has an intended time, which does not depend on how fast the system under
/// test or Postgres is. A change that is committed late keeps its intended time, so a delay is counted in full
/// (no coordinated omission).
///
/// @param jdbc URL with the user of the application
/// @param perSecond changes per second
public record OpenLoad(String jdbc, double perSecond) {

    private static final int CONNECTIONS = 8;

    /// Commits all changes.
    ///
    /// @return the intended time of each, in their order
    public List<Instant> run(List<SourceChange> changes) throws InterruptedException {
        Instant begin = Instant.now().plusMillis(200);
        List<Instant> intended = new ArrayList<>(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            intended.add(begin.plusNanos((long) (i * 1e9 / perSecond)));
        }
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                workers.add(threads.submit(() -> {
                    work(changes, intended, next);
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the load failed", failure.getCause());
        }
        return intended;
    }

    private void work(List<SourceChange> changes, List<Instant> intended, AtomicInteger next) throws SQLException {
        try (SourceWriter writer = new SourceWriter(jdbc)) {
            for (int i = next.getAndIncrement(); i < changes.size(); i = next.getAndIncrement()) {
                long nanos = Instant.now().until(intended.get(i), java.time.temporal.ChronoUnit.NANOS);
                if (nanos > 0) {
                    LockSupport.parkNanos(nanos);
                }
                writer.commit(changes.get(i));
            }
        }
    }
}
