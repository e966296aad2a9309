package dev.rowcast.postgres;

import java.time.Duration;

/// The timeouts of a statement. Each is a second longer than the one inside it, so that the innermost one,
/// which has the most precise message, expires first.
///
/// ```
///   caller: patience   ▏ connection: silence   ▏ server: statement
/// ```
///
/// @param statement time after which Postgres cancels a statement
public record Limits(Duration statement) {

    private static final Duration MARGIN = Duration.ofSeconds(1);

    /// Time without data after which a connection is closed: Postgres is frozen, or the
    /// network is interrupted.
    public Duration connectionTimeout() {
        return statement.plus(MARGIN);
    }

    /// Time that a caller waits for an answer, including connecting.
    public Duration callTimeout() {
        return connectionTimeout().plus(MARGIN);
    }
}
