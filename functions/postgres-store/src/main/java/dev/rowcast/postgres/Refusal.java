package dev.rowcast.postgres;

import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Unavailable;

/// The reason why Postgres refused a statement, and the answer to the rows of the statement. The only place
/// that maps SQLSTATEs.
///
/// | class of SQLSTATE | cause | refusal |
/// |---|---|---|
/// | 21, 22, 23, 44, 54, P0 | duplicate key, bad value, constraint, limit, trigger | [Unstorable] |
/// | 0A, 28, 3D, 3F, 42 | login, privilege, missing or wrong table or column | [Misconfigured] |
/// | 26, 42P05, 08P01 for a startup parameter | a connection pooler, see `Pooler` | [Misconfigured] |
/// | others (08, 25, 40, 53, 55, 57), none | connection, read-only, deadlock, resources, locks | [Temporary] |
public sealed interface Refusal {

    /// The message of Postgres, or why there is none, in one line.
    String reason();

    /// The answer to the rows of the statement.
    StoreAnswer answer();

    /// One of the rows is faulty. The others can be stored without it.
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
    record Temporary(String reason) implements Refusal {
        @Override
        public StoreAnswer answer() {
            return new StoreAnswer.NoneTaken(Unavailable.soon(reason));
        }
    }

    /// The refusal for an SQLSTATE.
    ///
    /// @param state five characters; the first two are its class
    /// @param reason the message of Postgres
    static Refusal of(String state, String reason) {
        if (Pooler.isShownBy(state, reason)) {
            return new Misconfigured(Pooler.explain(reason));
        }
        return switch (state.length() == 5 ? state.substring(0, 2) : "") {
            case "21", "22", "23", "44", "54", "P0" -> new Unstorable(reason);
            case "0A", "28", "3D", "3F", "42" -> new Misconfigured(reason);
            default -> new Temporary(reason);
        };
    }
}
