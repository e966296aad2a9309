package dev.rowcast.retention.cases;

/// The effect of a decision on a case.
sealed interface CaseChange {

    /// A decision as new, or newer, was applied before.
    record Stale() implements CaseChange {}

    /// The case had the decided status already. Only its position was updated.
    record Unchanged() implements CaseChange {}

    /// The case was opened or closed.
    ///
    /// @param event the event to publish
    record Updated(CaseEvent event) implements CaseChange {}
}
