package dev.rowcast.postgres;

import java.time.Duration;

/// How long each part of a statement's way may take. Each is a second longer than the one inside it, so
/// that the one that knows most about a delay is the one that speaks.
///
/// ```
///   caller: patience   ▏ connection: silence   ▏ server: statement
/// ```
///
/// @param statement how long Postgres works on one statement before it cancels it
public record Limits(Duration statement) {

    private static final Duration A_LITTLE_MORE = Duration.ofSeconds(1);

    /// How long a connection may be silent before it is closed: Postgres is frozen, or the network is
    /// gone.
    public Duration silence() {
        return statement.plus(A_LITTLE_MORE);
    }

    /// How long a caller waits for an answer, connecting included.
    public Duration patience() {
        return silence().plus(A_LITTLE_MORE);
    }
}
