package dev.rowcast.replay.deadletter;

import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.read.OffsetBound;
import java.time.Instant;
import picocli.CommandLine.Option;

/// The options that select dead letters.
public final class DeadLetterFilter {

    @Option(names = "--reason", paramLabel = "REASON", description = "Only this reason; - if all tries failed.")
    private String reason;

    @Option(names = "--function", paramLabel = "NAME", description = "Only dead letters of this function.")
    private String function;

    @Option(names = "--from", paramLabel = "TIME", description = "Refused at or after this time or age, such as 2h.")
    private OffsetBound from;

    @Option(names = "--to", paramLabel = "TIME", description = "Refused before this time.")
    private OffsetBound to;

    /// {@return whether an option is set}
    public boolean isSet() {
        return reason != null || function != null || from != null || to != null;
    }

    /// {@return whether a dead letter is selected; all are if no option is set}
    public boolean matches(DeadLetter letter) {
        return (reason == null || reason.equals(letter.reason()))
                && (function == null || function.equals(letter.function()))
                && (from == null || !letter.refusedAt().isBefore(time("--from", from)))
                && (to == null || letter.refusedAt().isBefore(time("--to", to)));
    }

    private static Instant time(String option, OffsetBound bound) {
        return switch (bound) {
            case OffsetBound.Earliest _ -> Instant.MIN;
            case OffsetBound.Latest _ -> Instant.MAX;
            case OffsetBound.Time(Instant time) -> time;
            case OffsetBound.Offset _ ->
                throw new UsageException(option + " is a time here, such as 2026-11-25T10:00:00Z or 2h");
        };
    }
}
