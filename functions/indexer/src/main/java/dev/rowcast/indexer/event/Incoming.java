package dev.rowcast.indexer.event;

import dev.rowcast.change.Change;
import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;

/// What an event turned out to be.
public sealed interface Incoming {

    /// A row was changed.
    record RowChanged(Change change) implements Incoming {}

    /// A case was opened or closed.
    record CaseTurned(CaseTurn turn) implements Incoming {}

    /// It has nothing to index, and that is right.
    record Nothing(Skipped skipped) implements Incoming {}

    /// It cannot be read, however often it comes again.
    record Unreadable(Rejected rejected) implements Incoming {}
}
