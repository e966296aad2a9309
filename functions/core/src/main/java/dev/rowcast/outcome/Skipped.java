package dev.rowcast.outcome;

/// There is nothing to store, and that is right: the event carries no change of a row, or a newer change was there.
///
/// @param reason why, in a few words, such as `tombstone` or `stale`
public record Skipped(String reason) implements Outcome {

    /// The store has the same version, or a newer one.
    public static final Skipped STALE = new Skipped("stale");
}
