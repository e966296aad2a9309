package dev.rowcast.retention.judge;

import dev.rowcast.change.Rejected;

/// What a change of a prediction turned out to say.
public sealed interface Judged permits Judgement, Judged.Undecided, Judged.Unreadable {

    /// Nothing: the probability lies between the threshold that opens a case and the lower one that closes it.
    record Undecided() implements Judged {}

    /// It cannot be judged, however often it comes again.
    ///
    /// @param rejected which column is at fault
    record Unreadable(Rejected rejected) implements Judged {}
}
