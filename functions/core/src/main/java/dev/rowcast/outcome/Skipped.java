package dev.rowcast.outcome;

/// There is nothing to store, and that is right: the event carries no change of a row, or a newer change was there.
///
/// @param reason why, in a few words, such as `tombstone` or `stale`
public record Skipped(String reason) implements Outcome {}
