package dev.rowcast.retention.book;

import dev.rowcast.retention.postgres.Verdict;

/// What became of one judgement.
public sealed interface RowAnswer {

    /// It is committed, with the event of the case where it opened or closed one.
    record Taken() implements RowAnswer {}

    /// Something as new, or newer, was there.
    record Stale() implements RowAnswer {}

    /// It is not stored.
    ///
    /// @param verdict what that means
    record Refused(Verdict verdict) implements RowAnswer {}
}
