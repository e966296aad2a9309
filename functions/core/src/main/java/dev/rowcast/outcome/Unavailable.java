package dev.rowcast.outcome;

import java.time.Duration;

/// The change could not be stored now, but may be later.
///
/// @param message what is not available, in one line
/// @param retryAfter how long to wait before the next try
public record Unavailable(String message, Duration retryAfter) implements Outcome {}
