package dev.rowcast.retention.book;

import dev.rowcast.retention.event.CaseEvent;

/// What a judgement did to a case.
sealed interface Turn {

    /// Nothing: it was judged by something as new, or newer.
    record Stale() implements Turn {}

    /// It was as it should be. What is older cannot change it any more.
    record Kept() implements Turn {}

    /// It was opened or closed.
    ///
    /// @param event what others hear of it
    record Turned(CaseEvent event) implements Turn {}
}
