package dev.rowcast.indexer.bulk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Remembers that a change came of another history of the source than what is stored, so that readiness can say it.
/// Thread safe.
public final class SourceHistory {

    /// So long does one such change count: longer than its sender waits before it comes again.
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private record Break(Instant seenAt, String message) {}

    private final InstantSource clock;
    private volatile Optional<Break> last = Optional.empty();

    /// @param clock tells how long ago such a change came
    public SourceHistory(InstantSource clock) {
        this.clock = clock;
    }

    /// Takes note of such a change.
    ///
    /// @param index where it should have been stored
    /// @return the verdict on it
    public DocumentVerdict broken(String index) {
        String message =
                "index %s: a change stands below the newest known position of its key although it is later: the database was restored or failed over; raise ROWCAST_SOURCE_EPOCH"
                        .formatted(index);
        last = Optional.of(new Break(clock.instant(), message));
        return new DocumentVerdict.OtherHistory(message);
    }

    /// Why no change should be taken, in one line; empty when none of another history came of late.
    public Optional<String> problem() {
        return last.filter(broken -> broken.seenAt().plus(MEMORY).isAfter(clock.instant()))
                .map(Break::message);
    }
}
