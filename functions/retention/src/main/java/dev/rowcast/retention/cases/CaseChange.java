package dev.rowcast.retention.cases;

import dev.rowcast.retention.event.CaseEvent;

/// What a decision did to a case.
sealed interface CaseChange {

    /// Nothing: it was judged by something as new, or newer.
    record Stale() implements CaseChange {}

    /// It was as it should be. What is older cannot change it any more.
    record Unchanged() implements CaseChange {}

    /// It was opened or closed.
    ///
    /// @param event what others hear of it
    record Updated(CaseEvent event) implements CaseChange {}
}
