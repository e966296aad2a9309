package dev.rowcast.predictor.store;

import dev.rowcast.predictor.postgres.Verdict;

/// What became of one prediction.
sealed interface RowAnswer {

    /// It is committed.
    record Written() implements RowAnswer {}

    /// What is stored is as new, or newer.
    record Stale() implements RowAnswer {}

    /// It is not stored.
    ///
    /// @param verdict what that means
    record Refused(Verdict verdict) implements RowAnswer {}
}
