package dev.rowcast.replay.letter;

import dev.rowcast.replay.Misuse;
import dev.rowcast.replay.read.Bound;
import java.time.Instant;
import picocli.CommandLine.Option;

/// The options that say which letters are meant.
public final class LetterFilter {

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
            converter = Bound.Reader.class)
    private Bound from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Letters refused before.",
            converter = Bound.Reader.class)
    private Bound to;

    /// Whether anything is said.
    public boolean saysAnything() {
        return reason != null || function != null || from != null || to != null;
    }

    /// Whether a letter is meant; all are when nothing is said.
    public boolean matches(Letter letter) {
        return (reason == null || reason.equals(letter.reason()))
                && (function == null || function.equals(letter.function()))
                && (from == null || !letter.refusedAt().isBefore(time("--from", from)))
                && (to == null || letter.refusedAt().isBefore(time("--to", to)));
    }

    private static Instant time(String option, Bound bound) {
        return switch (bound) {
            case Bound.Earliest _ -> Instant.MIN;
            case Bound.Latest _ -> Instant.MAX;
            case Bound.Time at -> at.time();
            case Bound.Offset _ -> throw new Misuse(option + " is a time here, such as 2026-11-25T10:00:00Z or 2h");
        };
    }
}
