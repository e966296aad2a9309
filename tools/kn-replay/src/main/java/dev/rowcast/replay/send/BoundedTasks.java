package dev.rowcast.replay.send;

import dev.rowcast.replay.exit.Interruption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Runs tasks, each on its own virtual thread, and limits how many run at a time. Used by one thread.
public final class BoundedTasks implements AutoCloseable {

    private static final Duration CHECK_EVERY = Duration.ofMillis(200);
    private static final Duration GRACE_PERIOD = Duration.ofSeconds(5);

    /// One task.
    @FunctionalInterface
    public interface Task {

        /// Runs the task.
        void run() throws InterruptedException;
    }

    private final int limit;
    private final Semaphore permits;
    private final Interruption interruption;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<RuntimeException> firstFailure = new AtomicReference<>();

    /// @param limit tasks at a time
    public BoundedTasks(int limit, Interruption interruption) {
        this.limit = limit;
        this.permits = new Semaphore(limit);
        this.interruption = interruption;
    }

    /// Starts a task as soon as fewer than the limit are running.
    ///
    /// @return false if the task was not started, because the command must stop
    /// @throws RuntimeException the failure of an earlier task
    public boolean start(Task task) throws InterruptedException {
        if (!acquire(1)) {
            return false;
        }
        throwFailure();
        threads.execute(() -> {
            try {
                task.run();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException failure) {
                firstFailure.compareAndSet(null, failure);
            } finally {
                permits.release();
            }
        });
        return true;
    }

    /// Waits for the running tasks; if the command must stop, for a few seconds only.
    ///
    /// @throws RuntimeException the failure of a task
    public void awaitEnd() throws InterruptedException {
        if (!acquire(limit)) {
            permits.tryAcquire(limit, GRACE_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        }
        throwFailure();
    }

    private boolean acquire(int count) throws InterruptedException {
        while (!interruption.isRequested()) {
            if (permits.tryAcquire(count, CHECK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    private void throwFailure() {
        RuntimeException failure = firstFailure.get();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
