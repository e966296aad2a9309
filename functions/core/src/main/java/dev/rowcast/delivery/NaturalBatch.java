package dev.rowcast.delivery;

import dev.rowcast.recording.BatchFormed;
import dev.rowcast.recording.EventTrace;
import dev.rowcast.recording.TracedSteps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Forms batches without a timer. A single item runs at once. Items that arrive while batches are running
/// wait, and form the next batch when a running one returns.
///
/// ```
///   submit ──▶ waiting ──(a batch may start)──▶ run on a virtual thread ──▶ each item's own future
/// ```
///
/// @param <T> an item
/// @param <R> the result of an item
public final class NaturalBatch<T, R> implements AutoCloseable {

    private record Item<T, R>(T value, CompletableFuture<R> result, List<EventTrace> traces) {}

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

    /// @param name used in thread names and messages
    /// @param maxBatch maximum items in a batch, at least 1
    /// @param maxWaiting maximum items that wait while all batches are running, 0 or more
    /// @param inFlight maximum batches running at a time, at least 1
    /// @param run handles a batch and returns one result for each item, in the order of the items; may
    ///     block; if it throws, every item of the batch fails with that exception
    /// @throws IllegalArgumentException if a number is out of range
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

    /// Submits an item. Never blocks.
    ///
    /// @return the item's result; fails with [OverloadedException] if too many items wait, with
    ///     [ClosedException] after [#close()], or with the exception that its batch threw
    public CompletableFuture<R> submit(T value) {
        Item<T, R> item = new Item<>(value, new CompletableFuture<>(), TracedSteps.events());
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
            startBatches();
        } finally {
            lock.unlock();
        }
        return item.result();
    }

    private void startBatches() {
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
        Runnable answers = answersOf(batch);
        lock.lock();
        try {
            // The next batch starts before the results are completed, because their callbacks may be slow.
            running--;
            startBatches();
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

    /// Runs a batch and returns the completion of its items. Catches every throwable, so that each item
    /// gets a result.
    private Runnable answersOf(List<Item<T, R>> batch) {
        try {
            List<R> results = TracedSteps.of(
                    tracesOf(batch),
                    () -> run.apply(batch.stream().map(Item::value).toList()));
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

    private List<EventTrace> tracesOf(List<Item<T, R>> batch) {
        return batch.stream().flatMap(item -> item.traces().stream()).toList();
    }

    /// Refuses new items, then waits until all earlier items have their results. An interrupt ends the
    /// wait, not the work.
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
