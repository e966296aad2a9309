package dev.rowcast.change;

import java.util.Optional;

/// A row was inserted, updated or read.
///
/// @param position the position of the change in the history of its database
/// @param origin the table and the time of the change
/// @param key the primary key of the row
/// @param operation create, update or read
/// @param after the row after the change
/// @param before the row before the change, if the event has more of it than the key
public record Upsert(Position position, Origin origin, Key key, Operation operation, Row after, Optional<Row> before)
        implements Change {

    /// @throws IllegalArgumentException if `operation` is a delete
    public Upsert {
        if (operation == Operation.DELETE) {
            throw new IllegalArgumentException("a delete has no row after it");
        }
    }
}
