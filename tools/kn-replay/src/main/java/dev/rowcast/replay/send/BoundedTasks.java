package dev.rowcast.replay.send;

import dev.rowcast.replay.exit.Interruption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Work of which only so much may be under way at a time, each piece on a thread of its own. Used by one thread.
public final class BoundedTasks implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /// One piece.
    @FunctionalInterface
    public interface Work {
        /// Does it.
        void run() throws InterruptedException;
    }

    private final Semaphore room;
    private final int most;
    private final Interruption interruption;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<RuntimeException> fault = new AtomicReference<>();

    /// @param most pieces at a time
    public BoundedTasks(int most, Interruption interruption) {
        this.most = most;
        this.room = new Semaphore(most);
        this.interruption = interruption;
    }

    /// Begins a piece as soon as there is room.
    ///
    /// @return false when it is not begun, because it is time to stop
    public boolean begin(Work work) throws InterruptedException {
        if (!await(1)) {
            return false;
        }
        rethrow();
        threads.execute(() -> {
            try {
                work.run();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException failure) {
                fault.compareAndSet(null, failure);
            } finally {
                room.release();
            }
        });
        return true;
    }

    /// Waits until nothing is under way; only a few seconds once it is time to stop.
    ///
    /// @throws RuntimeException when a piece failed
    public void awaitEnd() throws InterruptedException {
        if (!await(most)) {
            room.tryAcquire(most, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        }
        rethrow();
    }

    private boolean await(int pieces) throws InterruptedException {
        while (!interruption.isRequested()) {
            if (room.tryAcquire(pieces, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    private void rethrow() {
        RuntimeException failure = fault.get();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
