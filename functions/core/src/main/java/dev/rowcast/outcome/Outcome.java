package dev.rowcast.outcome;

/// The outcome of a delivery. A fault in the program is not an outcome but an exception.
public sealed interface Outcome permits Stored, Skipped, Rejected, Unavailable {}
