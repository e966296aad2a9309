package dev.rowcast.retention.policy;

import dev.rowcast.change.Position;
import java.time.Instant;

/// What a prediction says about a customer's case. The newest decision of a customer decides, in whatever order they
/// arrive, so nothing else needs to be known of those before it.
public sealed interface CaseDecision {

    /// The customer's key.
    String customer();

    /// The position of the captured change.
    Position position();

    /// When the prediction was stored.
    Instant at();

    /// The customer is likely to leave: there is to be an open case.
    ///
    /// @param score reaches its threshold
    record Open(String customer, Position position, Instant at, Score score) implements CaseDecision {}

    /// The customer is not likely to leave: there is to be no open case.
    ///
    /// @param score falls below its threshold by more than the hysteresis
    record Close(String customer, Position position, Instant at, Score score) implements CaseDecision {}

    /// The customer's row was deleted: there is to be no open case.
    record CloseDeleted(String customer, Position position, Instant at) implements CaseDecision {}
}
