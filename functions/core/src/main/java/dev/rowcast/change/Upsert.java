package dev.rowcast.change;

import java.util.Optional;

/// A row was inserted, updated or read.
///
/// @param position where the change stands in the history of its database
/// @param origin the table and the time of the change
/// @param key the primary key of the row
/// @param operation create, update or read
/// @param after the row as it is now
/// @param before the row as it was before, when the event tells more of it than its key
public record Upsert(Position position, Origin origin, Key key, Operation operation, Row after, Optional<Row> before)
        implements Change {

    /// @throws IllegalArgumentException when `operation` is a delete
    public Upsert {
        if (operation == Operation.DELETE) {
            throw new IllegalArgumentException("a delete leaves no row behind");
        }
    }
}
