package dev.rowcast.predictor.tables;

import dev.rowcast.postgres.Refusal;
import java.util.Map;
import java.util.Optional;

/// The result of comparing the live tables with the contract.
public sealed interface TableCheck {

    /// The problem in one line; empty if there is none.
    Optional<String> problem();

    /// The tables match the contract.
    ///
    /// @param captured the columns of the captured table, by name
    record Satisfied(Map<String, LiveColumn> captured) implements TableCheck {
        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }
    }

    /// The tables do not match the contract.
    ///
    /// @param violations for each violation the table, the column, and what is expected and found
    record Violated(String violations) implements TableCheck {
        @Override
        public Optional<String> problem() {
            return Optional.of(violations);
        }
    }

    /// The tables could not be read.
    ///
    /// @param refusal the reason
    record Unknown(Refusal refusal) implements TableCheck {
        @Override
        public Optional<String> problem() {
            return Optional.of(refusal.reason());
        }
    }
}
