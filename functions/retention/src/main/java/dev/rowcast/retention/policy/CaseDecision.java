package dev.rowcast.retention.policy;

import dev.rowcast.change.Key;
import dev.rowcast.change.Position;
import java.time.Instant;

/// The decision of a prediction about the case of its row. Only the newest decision of a key counts, in any
/// order of arrival, so it does not depend on earlier ones.
public sealed interface CaseDecision {

    /// The key of the row.
    Key key();

    /// The position of the captured change.
    Position position();

    /// The time when the prediction was stored.
    Instant at();

    /// The row must have an open case.
    ///
    /// @param score the prediction that opens it
    record Open(Key key, Position position, Instant at, Score score) implements CaseDecision {}

    /// The row must have no open case.
    ///
    /// @param score the prediction that closes it
    /// @param because the reason, such as `below-threshold`
    record Close(Key key, Position position, Instant at, Score score, String because) implements CaseDecision {}

    /// The source row was deleted, so it must have no open case.
    record CloseDeleted(Key key, Position position, Instant at) implements CaseDecision {}
}
