package dev.rowcast.predictor.tables;

import dev.rowcast.postgres.Refusal;
import java.util.Map;
import java.util.Optional;

/// How the live tables stand to the contract.
public sealed interface TableCheck {

    /// What is wrong, in one line; empty when nothing is.
    Optional<String> problem();

    /// They keep it.
    ///
    /// @param captured the columns of the captured table, by name
    record Satisfied(Map<String, LiveColumn> captured) implements TableCheck {
        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }
    }

    /// They do not keep it.
    ///
    /// @param violations each table, column, what is expected and what is found
    record Violated(String violations) implements TableCheck {
        @Override
        public Optional<String> problem() {
            return Optional.of(violations);
        }
    }

    /// They could not be asked.
    ///
    /// @param refusal why not
    record Unknown(Refusal refusal) implements TableCheck {
        @Override
        public Optional<String> problem() {
            return Optional.of(refusal.reason());
        }
    }
}
