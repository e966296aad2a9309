package dev.rowcast.indexer.bulk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Records changes that belong to another history of the source than the stored documents, so that
/// readiness can report them. Thread safe.
public final class SourceHistory {

    /// Time for which a report makes the function unready: longer than the time between retries.
    private static final Duration REPORT_TIME = Duration.ofMinutes(1);

    private record Report(Instant at, String message) {}

    private final InstantSource clock;
    private volatile Optional<Report> last = Optional.empty();

    /// @param clock gives the time of each report
    public SourceHistory(InstantSource clock) {
        this.clock = clock;
    }

    /// Records such a change.
    ///
    /// @param index the index that the change was for
    /// @return the verdict on the change
    public DocumentVerdict reportOtherHistory(String index) {
        String message =
                "index %s: a later change has no higher position than the newest change of its key: the database was restored or failed over; raise ROWCAST_SOURCE_EPOCH"
                        .formatted(index);
        last = Optional.of(new Report(clock.instant(), message));
        return new DocumentVerdict.OtherHistory(message);
    }

    /// The last report in one line; empty if there was none in the last minute.
    public Optional<String> problem() {
        return last.filter(report -> report.at().plus(REPORT_TIME).isAfter(clock.instant()))
                .map(Report::message);
    }
}
