package dev.rowcast.outcome;

/// How a delivery ended. A fault in the program is no outcome: it is an exception.
public sealed interface Outcome permits Stored, Skipped, Rejected, Unavailable {}
