package dev.rowcast.delivery;

import dev.rowcast.recording.BatchFormed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Makes batches without a timer. A lone item runs at once; while batches are under way the next items gather, and when
/// one returns, all that wait go as the next.
///
/// ```
///   submit ──▶ waiting ──(a batch may start)──▶ run on a virtual thread ──▶ each item's own future
/// ```
///
/// @param <T> an item
/// @param <R> the result of an item
public final class NaturalBatch<T, R> implements AutoCloseable {

    private record Item<T, R>(T value, CompletableFuture<R> result) {}

    private final String name;
    private final int maxBatch;
    private final int maxWaiting;
    private final int inFlight;
    private final Function<List<T>, List<R>> run;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allAnswered = lock.newCondition();
    private final Queue<Item<T, R>> waiting = new ArrayDeque<>();
    private int running;
    private int unanswered;
    private boolean closed;

    /// @param name names the threads and the errors
    /// @param maxBatch items in a batch at most, at least 1
    /// @param maxWaiting items that may wait while all batches are under way, 0 or more
    /// @param inFlight batches that may be under way at a time, at least 1
    /// @param run handles a batch and returns one result for each item, in the order of the items; it may block;
    ///     when it throws, every item of this batch fails with what it threw
    /// @throws IllegalArgumentException when a number is out of its range
    public NaturalBatch(String name, int maxBatch, int maxWaiting, int inFlight, Function<List<T>, List<R>> run) {
        if (maxBatch < 1 || maxWaiting < 0 || inFlight < 1) {
            throw new IllegalArgumentException(
                    "batch %s: max-batch %d and in-flight %d must be at least 1, max-waiting %d"
                                    .formatted(name, maxBatch, inFlight, maxWaiting)
                            + " must not be negative");
        }
        this.name = name;
        this.maxBatch = maxBatch;
        this.maxWaiting = maxWaiting;
        this.inFlight = inFlight;
        this.run = run;
    }

    /// Hands over an item. Never blocks.
    ///
    /// @return the item's own result; it fails with [OverloadedException] when too many items wait, with
    ///     [ClosedException] after [#close()], and with whatever the run of its batch throws
    public CompletableFuture<R> submit(T value) {
        Item<T, R> item = new Item<>(value, new CompletableFuture<>());
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.failedFuture(new ClosedException("batch " + name + " is closed"));
            }
            if (running >= inFlight && waiting.size() >= maxWaiting) {
                return CompletableFuture.failedFuture(
                        new OverloadedException("batch " + name + " is overloaded: " + waiting.size() + " items wait"));
            }
            waiting.add(item);
            unanswered++;
            startWhatMayStart();
        } finally {
            lock.unlock();
        }
        return item.result();
    }

    private void startWhatMayStart() {
        while (running < inFlight && !waiting.isEmpty()) {
            List<Item<T, R>> batch = new ArrayList<>(Math.min(maxBatch, waiting.size()));
            while (batch.size() < maxBatch && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            running++;
            BatchFormed.record(name, batch.size(), waiting.size(), running);
            Thread.ofVirtual().name("batch-" + name).start(() -> handle(batch));
        }
    }

    private void handle(List<Item<T, R>> batch) {
        Runnable answers = runOf(batch);
        lock.lock();
        try {
            // The next batch starts before the answers go out: whoever waits for an answer may take its time.
            running--;
            startWhatMayStart();
        } finally {
            lock.unlock();
        }
        answers.run();
        lock.lock();
        try {
            unanswered -= batch.size();
            if (unanswered == 0) {
                allAnswered.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Runs a batch and returns what gives the answers out. Every throwable is taken, so that no item stays without
    /// one.
    private Runnable runOf(List<Item<T, R>> batch) {
        try {
            List<R> results = run.apply(batch.stream().map(Item::value).toList());
            if (results.size() != batch.size()) {
                throw new IllegalStateException(
                        "batch %s gave %d results for %d items".formatted(name, results.size(), batch.size()));
            }
            return () -> {
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).result().complete(results.get(i));
                }
            };
        } catch (Throwable failure) {
            return () -> batch.forEach(item -> item.result().completeExceptionally(failure));
        }
    }

    /// Refuses new items, then returns when every item taken before has its answer. An interrupt ends the wait, not the
    /// work.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            while (unanswered > 0) {
                allAnswered.await();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
