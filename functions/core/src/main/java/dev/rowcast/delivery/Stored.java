package dev.rowcast.delivery;

import dev.rowcast.change.Position;

/// The change is stored and committed.
///
/// @param position the position under which it is stored
public record Stored(Position position) implements Outcome {}
