package dev.rowcast.delivery;

import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;

/// How a delivery ended. A fault in the program is no outcome: it is an exception.
public sealed interface Outcome permits Stored, Skipped, Rejected, Unavailable {}
