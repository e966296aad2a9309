package dev.rowcast.postgres;

import java.util.Set;

/// Recognises a pooler, such as PgBouncer, that lends a connection of Postgres for one transaction at a time. The
/// functions limit and prepare statements for a whole connection, so they need one of their own.
final class Pooler {

    // What Postgres says of a statement that was prepared on another connection: it is not there, or it is already.
    private static final Set<String> PREPARED_ELSEWHERE = Set.of("26000", "42P05");

    private static final String REMEDY =
            " (this is the answer of a pooler such as PgBouncer, or of Postgres behind one;"
                    + " it is not supported: give the function the address of Postgres itself)";

    private Pooler() {}

    /// Whether a refusal shows that a pooler is between the function and Postgres.
    ///
    /// @param state the SQLSTATE
    /// @param message the words that belong to it
    static boolean isShownBy(String state, String message) {
        return PREPARED_ELSEWHERE.contains(state)
                || (state.equals("08P01") && message.contains("unsupported startup parameter"));
    }

    /// The words of a refusal that shows a pooler, with what to do.
    static String explain(String message) {
        return message + REMEDY;
    }
}
