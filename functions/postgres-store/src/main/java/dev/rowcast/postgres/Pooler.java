package dev.rowcast.postgres;

import java.util.Set;

/// Recognises a connection pooler in transaction mode, such as PgBouncer. The functions set limits and
/// prepare statements for a whole connection, so they need a direct connection.
final class Pooler {

    // SQLSTATEs for a statement that another client prepared: it does not exist, or it exists already.
    private static final Set<String> PREPARED_ELSEWHERE = Set.of("26000", "42P05");

    private static final String REMEDY =
            " (this is the answer of a pooler such as PgBouncer, or of Postgres behind one;"
                    + " it is not supported: give the function the address of Postgres itself)";

    private Pooler() {}

    /// Returns whether an error shows that a pooler is between the function and Postgres.
    ///
    /// @param state the SQLSTATE
    /// @param message its message
    static boolean isShownBy(String state, String message) {
        return PREPARED_ELSEWHERE.contains(state)
                || (state.equals("08P01") && message.contains("unsupported startup parameter"));
    }

    /// The message with advice.
    static String explain(String message) {
        return message + REMEDY;
    }
}
