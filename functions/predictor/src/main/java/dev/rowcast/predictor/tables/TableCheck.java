package dev.rowcast.predictor.tables;

import dev.rowcast.postgres.Refusal;
import java.util.Map;
import java.util.Optional;

/// The result of comparing the live tables with the contract.
public sealed interface TableCheck {

    /// The problem in one line; empty if there is none.
    default Optional<String> problem() {
        return switch (this) {
            case Satisfied _ -> Optional.empty();
            case Violated(String violations) -> Optional.of(violations);
            case Unknown(Refusal refusal) -> Optional.of(refusal.reason());
        };
    }

    /// The tables match the contract.
    ///
    /// @param captured the columns of the captured table, by name
    record Satisfied(Map<String, LiveColumn> captured) implements TableCheck {}

    /// The tables do not match the contract.
    ///
    /// @param violations for each violation the table, the column, and what is expected and found
    record Violated(String violations) implements TableCheck {}

    /// The tables could not be read.
    ///
    /// @param refusal the reason
    record Unknown(Refusal refusal) implements TableCheck {}
}
