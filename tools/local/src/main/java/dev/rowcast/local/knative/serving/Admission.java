package dev.rowcast.local.knative.serving;

import dev.rowcast.kafkasource.http.HttpSubscriber;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Decides which requests of a function are sent, wait or are refused: it holds the state of the function's
/// process, the number of active requests and the queue of waiting ones. Thread safe; it does no I/O.
final class Admission {

    /// A start that takes longer has failed: Knative's own progress deadline.
    private static final Duration PROGRESS_DEADLINE = Duration.ofMinutes(10);

    private final ServicePlan.Scale scale;
    private final Deque<PendingRequest> waiting = new ArrayDeque<>();
    private ProcessState state = new ProcessState.Zero(System.nanoTime());
    private int active;
    private long lastUsed = System.nanoTime();

    /// The decision about a new request.
    sealed interface Admitted {
        /// Send it to the function now.
        record Now(HttpSubscriber function) implements Admitted {}

        /// It waits in the queue.
        record Waits() implements Admitted {}

        /// The queue is full, or the activator is closed.
        record Refused() implements Admitted {}
    }

    /// State and load at one moment.
    record Load(ProcessState state, int active, int waiting) {}

    Admission(ServicePlan.Scale scale) {
        this.scale = scale;
    }

    synchronized Admitted admit(PendingRequest request) {
        lastUsed = System.nanoTime();
        if (state instanceof ProcessState.Up up && waiting.isEmpty() && hasCapacity()) {
            active++;
            return new Admitted.Now(up.function());
        }
        if (state instanceof ProcessState.Closed || waiting.size() >= Activator.MAX_WAITING) {
            return new Admitted.Refused();
        }
        waiting.add(request);
        return new Admitted.Waits();
    }

    /// The process is ready.
    ///
    /// @return the waiting requests to send now
    synchronized List<PendingRequest> ready(FunctionProcess process, HttpSubscriber function) {
        if (state instanceof ProcessState.Starting starting
                && starting.process().equals(process)) {
            state = new ProcessState.Up(process, function);
            lastUsed = System.nanoTime();
        }
        List<PendingRequest> now = new ArrayList<>();
        for (Optional<PendingRequest> next = next(function); next.isPresent(); next = next(function)) {
            now.add(next.get());
        }
        return now;
    }

    /// A request has ended.
    ///
    /// @return the waiting request to send next
    synchronized Optional<PendingRequest> finished(HttpSubscriber function) {
        inactive();
        lastUsed = System.nanoTime();
        return next(function);
    }

    private Optional<PendingRequest> next(HttpSubscriber function) {
        if (!isUp(function) || !hasCapacity() || waiting.isEmpty()) {
            return Optional.empty();
        }
        active++;
        return Optional.of(waiting.remove());
    }

    /// A request could not be sent: it returns to the head of the queue.
    ///
    /// @return false when the activator is closed
    synchronized boolean requeue(PendingRequest request, HttpSubscriber function) {
        requireReadiness(function);
        inactive();
        if (state instanceof ProcessState.Closed) {
            return false;
        }
        waiting.addFirst(request);
        return true;
    }

    private void inactive() {
        active--;
        notifyAll();
    }

    /// Waits until no request is active.
    ///
    /// @return the time that is left of the patience, zero when a request is still active
    synchronized Duration awaitNoneActive(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toNanos();
        while (active > 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
        return Duration.ofNanos(Math.max(0, left));
    }

    /// The process may have ended: it must pass the readiness check before it gets the next request.
    synchronized void requireReadiness(HttpSubscriber function) {
        if (state instanceof ProcessState.Up up && up.function() == function) {
            state = new ProcessState.Starting(up.process(), true);
        }
    }

    /// Sets the state, unless the activator is closed.
    ///
    /// @return the previous state
    synchronized ProcessState update(ProcessState next) {
        ProcessState before = state;
        if (!(before instanceof ProcessState.Closed)) {
            state = next;
        }
        return before;
    }

    /// Sets the state to zero when no request arrived for the idle time. The idle time counts from
    /// the moment the function is ready: a function that is still starting is stopped only when its
    /// start exceeds [#PROGRESS_DEADLINE].
    ///
    /// @return the process to stop
    synchronized Optional<FunctionProcess> scaleToZeroWhenIdle() {
        boolean idle = active == 0
                && waiting.isEmpty()
                && !scale.alwaysOn()
                && System.nanoTime() - lastUsed >= idleTime().toNanos();
        Optional<FunctionProcess> process = idle ? state.running() : Optional.empty();
        if (process.isPresent()) {
            state = new ProcessState.Zero(System.nanoTime());
        }
        return process;
    }

    private Duration idleTime() {
        boolean wasNeverReady = state instanceof ProcessState.Starting starting && !starting.wasUp();
        return wasNeverReady && PROGRESS_DEADLINE.compareTo(scale.idle()) > 0 ? PROGRESS_DEADLINE : scale.idle();
    }

    /// True if a process must run.
    synchronized boolean isWanted() {
        return scale.alwaysOn() || !waiting.isEmpty();
    }

    /// Removes the waiting requests that match.
    synchronized List<PendingRequest> remove(Predicate<PendingRequest> condition) {
        List<PendingRequest> removed = new ArrayList<>();
        waiting.removeIf(request -> condition.test(request) && removed.add(request));
        return removed;
    }

    synchronized Load load() {
        return new Load(state, active, waiting.size());
    }

    private boolean isUp(HttpSubscriber function) {
        return state instanceof ProcessState.Up up && up.function() == function;
    }

    private boolean hasCapacity() {
        return scale.concurrency() == 0 || active < scale.concurrency();
    }
}
