package dev.rowcast.local.knative.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Requests that wait for a process, first come first served, at most so many. Guarded by the lock of {@link
/// Admission}.
final class RequestQueue {

    private final Deque<PendingRequest> waiting = new ArrayDeque<>();
    private final int limit;

    RequestQueue(int limit) {
        this.limit = limit;
    }

    /// Takes a request unless the queue is full.
    ///
    /// @return false when it is full
    boolean offer(PendingRequest request) {
        return waiting.size() < limit && waiting.add(request);
    }

    /// Back to the head: it was taken and could not be sent.
    void putBack(PendingRequest request) {
        waiting.addFirst(request);
    }

    Optional<PendingRequest> poll() {
        return Optional.ofNullable(waiting.poll());
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    List<PendingRequest> removeIf(Predicate<PendingRequest> condition) {
        List<PendingRequest> removed = new ArrayList<>();
        for (Iterator<PendingRequest> each = waiting.iterator(); each.hasNext(); ) {
            PendingRequest request = each.next();
            if (condition.test(request)) {
                each.remove();
                removed.add(request);
            }
        }
        return removed;
    }
}
