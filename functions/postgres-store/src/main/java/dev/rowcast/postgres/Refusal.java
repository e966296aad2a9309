package dev.rowcast.postgres;

import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Unavailable;

/// Why Postgres did not carry out a statement, and what that means for the rows that it carried. The one place where an
/// SQLSTATE gets its meaning.
///
/// | class of SQLSTATE | cause | refusal |
/// |---|---|---|
/// | 21, 22, 23, 44, 54, P0 | two rows with one key, a value that does not fit, a constraint, a limit, a trigger |
/// [Unstorable] |
/// | 0A, 28, 3D, 3F, 42 | a login, a privilege, a table or a column that is missing or of another type |
/// [Misconfigured] |
/// | 26, 42P05, 08P01 for a startup parameter | a pooler between function and Postgres, see `Pooler` |
/// [Misconfigured] |
/// | any other, or no answer | 08 connection, 25 read-only, 40 deadlock, 53 resources, 55 locks, 57 operator |
/// [Away] |
public sealed interface Refusal {

    /// The words of Postgres, or why there are none, in one line.
    String reason();

    /// The answer to the rows of the statement.
    StoreAnswer answer();

    /// One of the rows is at fault. The others can be stored without it.
    record Unstorable(String reason) implements Refusal {
        @Override
        public StoreAnswer answer() {
            return new StoreAnswer.OneAtFault(new Rejected(Reason.NOT_STORABLE, reason));
        }
    }

    /// Postgres refuses until an operator changes the setup.
    record Misconfigured(String reason) implements Refusal {
        @Override
        public StoreAnswer answer() {
            return new StoreAnswer.NoneTaken(Unavailable.untilChanged(reason));
        }
    }

    /// Postgres cannot store rows now, but may later.
    record Away(String reason) implements Refusal {
        @Override
        public StoreAnswer answer() {
            return new StoreAnswer.NoneTaken(Unavailable.soon(reason));
        }
    }

    /// The meaning of an SQLSTATE.
    ///
    /// @param state five characters; the first two are its class
    /// @param reason the words of Postgres
    static Refusal of(String state, String reason) {
        if (Pooler.isShownBy(state, reason)) {
            return new Misconfigured(Pooler.explain(reason));
        }
        return switch (state.length() == 5 ? state.substring(0, 2) : "") {
            case "21", "22", "23", "44", "54", "P0" -> new Unstorable(reason);
            case "0A", "28", "3D", "3F", "42" -> new Misconfigured(reason);
            default -> new Away(reason);
        };
    }
}
