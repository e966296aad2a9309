package dev.rowcast.delivery;

import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Tells a fault of the setup, such as a changed converter, from events that are bad themselves. When most events are
/// rejected for one reason, they have to wait instead of becoming dead letters.
///
/// It is a majority vote with one counter for each reason: a rejection for the reason adds one, every other event that
/// is decided takes one away.
///
/// ```
///   counter   0 ───────────── limit
///   closed    ────────────────▶ opens at the limit     rejections become dead letters
///   open      ◀──────────────── closes at 0            rejections for the reason wait, all else as always
/// ```
///
/// Up to a third of bad events never opens it in practice, and more than half always does, whatever the order. While it
/// is open it counts on, so it closes by itself once good events are the majority again. An instance that has handled
/// no event yet has the lower limit [#LIMIT_AT_START], so that restarts during a fault cost little each.
///
/// Thread safe. The decision about an event and its count are one step: events that are rejected at the same time do
/// not
/// pass together.
public final class FloodBreaker {

    /// The limit until the first event is handled.
    public static final int LIMIT_AT_START = 16;

    /// The lowest limit that can be set.
    public static final int LEAST_LIMIT = 4;

    private static final String ADVICE = "the setup is at fault, not the events: check the connector's converter and "
            + "transforms, the topics of the source, and what this function is set to expect";

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
    private boolean handledAny;

    /// @param limit rejections for one reason, above the number of all other events, that make a flood; 0: nothing does
    /// @param pause how long after a rejection there is a problem, so that what delivers only to those without one
    ///     tries again
    /// @param nanoTime a clock such as [System#nanoTime()]
    /// @throws IllegalArgumentException when the limit is negative
    public FloodBreaker(int limit, Duration pause, LongSupplier nanoTime) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit " + limit + " must not be negative");
        }
        this.limit = limit;
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /// An event was stored or skipped.
    public void handled() {
        lock.lock();
        try {
            handledAny = true;
            votes.values().forEach(FloodBreaker::takeOneAway);
        } finally {
            lock.unlock();
        }
    }

    /// An event is about to be rejected.
    ///
    /// @return why it has to wait instead, in one line; empty when it is to be rejected
    public Optional<String> rejects(Rejected rejected) {
        if (limit == 0) {
            return Optional.empty();
        }
        lock.lock();
        try {
            votes.forEach((reason, vote) -> {
                if (reason != rejected.reason()) {
                    takeOneAway(vote);
                }
            });
            Vote vote = votes.computeIfAbsent(rejected.reason(), first -> new Vote());
            vote.counter++;
            if (!vote.open && vote.counter >= (handledAny ? limit : Math.min(limit, LIMIT_AT_START))) {
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
            return Optional.of("flood of %s, %d times since it began, here: %s; %s"
                    .formatted(rejected.reason().code(), vote.waiting, rejected.message(), ADVICE));
        } finally {
            lock.unlock();
        }
    }

    /// Why nothing should be delivered now, in one line that stays the same as long as the flood does; empty when there
    /// is no flood, or when it is time to try again.
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

    private static void takeOneAway(Vote vote) {
        vote.counter = Math.max(0, vote.counter - 1);
        if (vote.counter == 0) {
            vote.open = false;
        }
    }
}
