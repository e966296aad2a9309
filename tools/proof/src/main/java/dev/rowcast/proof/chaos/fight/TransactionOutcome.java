package dev.rowcast.proof.chaos.fight;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/// Outcome of a transaction of the fight.
enum TransactionOutcome {
    COMMITTED,
    /// The client rolled it back.
    ROLLED_BACK,
    /// A unique violation, or a serialization failure: another transaction was first.
    REFUSED,
    DEADLOCK,
    /// Postgres stopped: it is unknown if the transaction was committed.
    DISCONNECTED;

    /// Maps an error of Postgres or of its driver to an outcome.
    ///
    /// @return empty for an unexpected error
    static Optional<TransactionOutcome> of(SQLException error) {
        String state = Optional.ofNullable(error.getSQLState()).orElse("");
        return switch (state) {
            case "23505", "40001" -> Optional.of(REFUSED);
            case "40P01" -> Optional.of(DEADLOCK);
            // Shut down by an operator, crashed, starting up.
            case "57P01", "57P02", "57P03" -> Optional.of(DISCONNECTED);
            default ->
                state.startsWith("08") || error.getCause() instanceof IOException
                        ? Optional.of(DISCONNECTED)
                        : Optional.empty();
        };
    }
}
