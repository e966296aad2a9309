package dev.rowcast.local.knative.serving;

import dev.rowcast.kafkasource.http.HttpSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Knows where a function is between zero and one process, what it works on and what waits for it, and so decides what
/// becomes of a request. Thread safe; it sends nothing and answers nothing.
final class Admission {

    /// A start that takes longer has failed: Knative's own progress deadline.
    private static final Duration PROGRESS_DEADLINE = Duration.ofMinutes(10);

    private final ServicePlan.Scale scale;
    private final ReentrantLock lock = new ReentrantLock();
    private final RequestQueue queue;
    private ProcessState state = new ProcessState.Zero(System.nanoTime());
    private int active;
    private long lastUsed = System.nanoTime();

    /// What becomes of a request that comes in.
    sealed interface Admitted {
        /// It goes to the function now.
        record Now(HttpSubscriber function) implements Admitted {}

        /// It waits.
        record Waits() implements Admitted {}

        /// There are too many, or the activator is closed.
        record Refused() implements Admitted {}
    }

    /// How much there is at one moment.
    record Load(ProcessState state, int active, int waiting) {}

    Admission(ServicePlan.Scale scale, int maxWaiting) {
        this.scale = scale;
        this.queue = new RequestQueue(maxWaiting);
    }

    Admitted admit(PendingRequest held) {
        lock.lock();
        try {
            lastUsed = System.nanoTime();
            if (state instanceof ProcessState.Up up && queue.isEmpty() && hasRoom()) {
                active++;
                return new Admitted.Now(up.function());
            }
            boolean waits = !(state instanceof ProcessState.Closed) && queue.offer(held);
            return waits ? new Admitted.Waits() : new Admitted.Refused();
        } finally {
            lock.unlock();
        }
    }

    /// The process takes requests.
    ///
    /// @return those that waited and go to it now
    List<PendingRequest> up(FunctionProcess process, HttpSubscriber function) {
        List<PendingRequest> now = new ArrayList<>();
        lock.lock();
        try {
            if (state instanceof ProcessState.Starting starting && starting.process() == process) {
                state = new ProcessState.Up(process, function);
                lastUsed = System.nanoTime();
            }
            while (isUp(function) && hasRoom() && !queue.isEmpty()) {
                active++;
                queue.poll().ifPresent(now::add);
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    /// A request has come to its end.
    ///
    /// @return the one that goes in its place
    Optional<PendingRequest> finished(HttpSubscriber function) {
        lock.lock();
        try {
            active--;
            lastUsed = System.nanoTime();
            Optional<PendingRequest> next = isUp(function) && hasRoom() ? queue.poll() : Optional.empty();
            active += next.isPresent() ? 1 : 0;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /// A request was not sent, because nobody took it: it waits again, before all others.
    ///
    /// @return false when the activator is closed
    boolean putBack(PendingRequest held, HttpSubscriber function) {
        doubt(function);
        lock.lock();
        try {
            active--;
            if (state instanceof ProcessState.Closed) {
                return false;
            }
            queue.putBack(held);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The process may be gone: it must show again that it is ready before it gets the next request.
    void doubt(HttpSubscriber function) {
        lock.lock();
        try {
            if (state instanceof ProcessState.Up up && up.function() == function) {
                state = new ProcessState.Starting(up.process(), true);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes another state, unless the activator is closed.
    ///
    /// @return the state before
    ProcessState become(ProcessState next) {
        lock.lock();
        try {
            ProcessState before = state;
            if (!(before instanceof ProcessState.Closed)) {
                state = next;
            }
            return before;
        } finally {
            lock.unlock();
        }
    }

    /// Goes to zero when no request arrived for the idle time. The idle time counts from the moment the function is
    /// ready: a function that is still starting is stopped only when its start exceeds [#PROGRESS_DEADLINE].
    ///
    /// @return the process that is not needed any more
    Optional<FunctionProcess> goToZeroWhenIdle() {
        lock.lock();
        try {
            boolean idle = active == 0
                    && queue.isEmpty()
                    && !scale.alwaysOn()
                    && System.nanoTime() - lastUsed >= idleTime().toNanos();
            Optional<FunctionProcess> process = idle ? state.running() : Optional.empty();
            if (process.isPresent()) {
                state = new ProcessState.Zero(System.nanoTime());
            }
            return process;
        } finally {
            lock.unlock();
        }
    }

    private Duration idleTime() {
        boolean wasNeverReady = state instanceof ProcessState.Starting starting && !starting.wasUp();
        return wasNeverReady && PROGRESS_DEADLINE.compareTo(scale.idle()) > 0 ? PROGRESS_DEADLINE : scale.idle();
    }

    boolean isWanted() {
        lock.lock();
        try {
            return scale.alwaysOn() || !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Takes out those that waited and for which this holds.
    List<PendingRequest> takeOut(Predicate<PendingRequest> condition) {
        lock.lock();
        try {
            return queue.removeIf(condition);
        } finally {
            lock.unlock();
        }
    }

    Load load() {
        lock.lock();
        try {
            return new Load(state, active, queue.size());
        } finally {
            lock.unlock();
        }
    }

    private boolean isUp(HttpSubscriber function) {
        return state instanceof ProcessState.Up up && up.function() == function;
    }

    private boolean hasRoom() {
        return scale.concurrency() == 0 || active < scale.concurrency();
    }
}
