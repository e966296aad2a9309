package dev.rowcast.replay.deadletter;

import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.read.OffsetBound;
import java.time.Instant;
import picocli.CommandLine.Option;

/// The options that say which letters are meant.
public final class DeadLetterFilter {

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "Letters with this reason, such as not-json; - for those whose tries were over.")
    private String reason;

    @Option(names = "--function", paramLabel = "NAME", description = "Letters that this function would not take.")
    private String function;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Letters refused since: 2026-11-25T10:00:00Z, or how long ago: 15m, 2h, 7d.",
            converter = OffsetBound.Reader.class)
    private OffsetBound from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Letters refused before.",
            converter = OffsetBound.Reader.class)
    private OffsetBound to;

    /// Whether anything is said.
    public boolean saysAnything() {
        return reason != null || function != null || from != null || to != null;
    }

    /// Whether a letter is meant; all are when nothing is said.
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
            case OffsetBound.Time at -> at.time();
            case OffsetBound.Offset _ -> throw new UsageException(option + " is a time here, such as 2026-11-25T10:00:00Z or 2h");
        };
    }
}
