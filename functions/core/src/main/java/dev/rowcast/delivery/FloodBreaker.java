package dev.rowcast.delivery;

import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Distinguishes a fault of the setup, such as a changed converter, from single bad events. If most events
/// are rejected for one reason, they have to wait instead of becoming dead letters.
///
/// A majority vote with one counter for each reason: a rejection for the reason adds 1, every other decided
/// event subtracts 1.
///
/// ```
///   counter   0 ───────────── limit
///   closed    ────────────────▶ opens at the limit     rejections become dead letters
///   open      ◀──────────────── closes at 0            rejections for the reason wait
/// ```
///
/// In practice, up to a third of bad events never opens it; more than half always does, in any order. It
/// continues to count while it is open, so it closes by itself when good events are the majority again.
/// Until its first success, an instance has the lower limit [#LIMIT_AT_START], so that restarts during a
/// fault produce few dead letters.
///
/// Thread safe. Decision and count of an event are one step, so concurrent rejections cannot exceed the
/// limit together.
public final class FloodBreaker {

    /// The limit until the first success.
    public static final int LIMIT_AT_START = 16;

    /// The lowest limit that can be configured.
    public static final int MIN_LIMIT = 4;

    private static final String ADVICE = "the setup is at fault, not the events: check the connector's converter and "
            + "transforms, the topics of the source, and the types and tables that this function expects";

    private static final class Vote {
        private int counter;
        private boolean open;
        private long waiting;
        private long lastRejection;
        private String example = "";
    }

    private final int limit;
    private final Duration pause;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Reason, Vote> votes = new EnumMap<>(Reason.class);
    private boolean anySuccess;

    /// @param limit rejections for one reason, minus all other events, that open it; 0: it never opens
    /// @param pause time after a rejection during which [#problem()] reports the flood; after it, delivery
    ///     is tried again
    /// @param nanoTime a clock such as [System#nanoTime()]
    /// @throws IllegalArgumentException if the limit is negative
    public FloodBreaker(int limit, Duration pause, LongSupplier nanoTime) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit " + limit + " must not be negative");
        }
        this.limit = limit;
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /// Counts an event that was stored or skipped.
    public void onSuccess() {
        lock.lock();
        try {
            anySuccess = true;
            votes.values().forEach(FloodBreaker::decrement);
        } finally {
            lock.unlock();
        }
    }

    /// Counts an event that is about to be rejected.
    ///
    /// @return why the event has to wait instead, in one line; empty if it is to be rejected
    public Optional<String> onRejection(Rejected rejected) {
        if (limit == 0) {
            return Optional.empty();
        }
        lock.lock();
        try {
            votes.forEach((reason, vote) -> {
                if (reason != rejected.reason()) {
                    decrement(vote);
                }
            });
            Vote vote = votes.computeIfAbsent(rejected.reason(), first -> new Vote());
            vote.counter++;
            if (!vote.open && vote.counter >= (anySuccess ? limit : Math.min(limit, LIMIT_AT_START))) {
                vote.open = true;
                vote.waiting = 0;
                vote.example = rejected.message();
            }
            if (!vote.open) {
                return Optional.empty();
            }
            vote.counter = limit;
            vote.waiting++;
            vote.lastRejection = nanoTime.getAsLong();
            return Optional.of("flood of %s, %d rejections since it began, this one: %s; %s"
                    .formatted(rejected.reason().code(), vote.waiting, rejected.message(), ADVICE));
        } finally {
            lock.unlock();
        }
    }

    /// Why events should not be delivered now, in one line that does not change during a flood; empty if
    /// there is no flood, or if delivery should be tried again.
    public Optional<String> problem() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            return votes.entrySet().stream()
                    .filter(each -> each.getValue().open)
                    .filter(each -> now - each.getValue().lastRejection < pause.toNanos())
                    .map(each -> "most events are rejected as %s, such as: %s; %s"
                            .formatted(each.getKey().code(), each.getValue().example, ADVICE))
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }

    private static void decrement(Vote vote) {
        vote.counter = Math.max(0, vote.counter - 1);
        if (vote.counter == 0) {
            vote.open = false;
        }
    }
}
