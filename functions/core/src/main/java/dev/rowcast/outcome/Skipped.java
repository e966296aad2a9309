package dev.rowcast.outcome;

/// Nothing had to be stored: the event has no change of a row, or the store has a newer change.
///
/// @param reason the reason in a few words, such as `tombstone` or `stale`
public record Skipped(String reason) implements Outcome {

    /// The store has the same version or a newer one.
    public static final Skipped STALE = new Skipped("stale");
}
