package dev.rowcast.retention.postgres;

import java.time.Duration;

/// How long Postgres may take.
///
/// @param statement how long it works on one statement before it cancels it
public record Limits(Duration statement) {}
