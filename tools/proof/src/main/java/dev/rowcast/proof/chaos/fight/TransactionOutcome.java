package dev.rowcast.proof.chaos.fight;

import java.sql.SQLException;
import java.util.Optional;

/// How a transaction of the fight ended.
enum TransactionOutcome {
    COMMITTED,
    /// The client wanted it so.
    ROLLED_BACK,
    /// A unique violation, or a serialization failure: another transaction was first.
    REFUSED,
    DEADLOCK,
    /// Postgres is away: whether it was committed is unknown.
    DISCONNECTED;

    /// What an error of Postgres or of its driver means for the transaction.
    ///
    /// @return empty for an error that no fight explains
    static Optional<TransactionOutcome> of(SQLException error) {
        String state = Optional.ofNullable(error.getSQLState()).orElse("");
        return switch (state) {
            case "23505", "40001" -> Optional.of(REFUSED);
            case "40P01" -> Optional.of(DEADLOCK);
            // Shut down by an operator, crashed, not up yet.
            case "57P01", "57P02", "57P03" -> Optional.of(DISCONNECTED);
            default -> state.startsWith("08") ? Optional.of(DISCONNECTED) : Optional.empty();
        };
    }
}
