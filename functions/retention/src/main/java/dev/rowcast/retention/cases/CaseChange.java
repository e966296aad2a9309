package dev.rowcast.retention.cases;

/// The effect of a decision on a case.
sealed interface CaseChange {

    /// A decision as new, or newer, was applied before.
    record Stale() implements CaseChange {}

    /// The case had the decided status already. Only its position is new.
    record Unchanged(Case now) implements CaseChange {}

    /// The case was opened or closed.
    ///
    /// @param facts what is stored and published
    record Updated(Case now, CaseFacts facts) implements CaseChange {}
}
