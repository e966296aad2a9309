package dev.rowcast.retention.policy;

import dev.rowcast.change.Position;
import java.time.Instant;

/// The decision of a prediction about a customer's case. Only the newest decision of a customer counts, in
/// any order of arrival, so it does not depend on earlier ones.
public sealed interface CaseDecision {

    /// The customer's key.
    String customer();

    /// The position of the captured change.
    Position position();

    /// The time when the prediction was stored.
    Instant at();

    /// The customer is likely to leave and must have an open case.
    ///
    /// @param score a score that reaches its threshold
    record Open(String customer, Position position, Instant at, Score score) implements CaseDecision {}

    /// The customer is not likely to leave and must have no open case.
    ///
    /// @param score a score that is below its threshold by more than the hysteresis
    record Close(String customer, Position position, Instant at, Score score) implements CaseDecision {}

    /// The customer's row was deleted, so the customer must have no open case.
    record CloseDeleted(String customer, Position position, Instant at) implements CaseDecision {}
}
