package dev.rowcast.change;

import java.util.Optional;

/// A row was deleted.
///
/// @param position the position of the change in the history of its database
/// @param origin the table and the time of the change
/// @param key the primary key of the row
/// @param before the row before the change, if the event has more of it than the key
public record Delete(Position position, Origin origin, Key key, Optional<Row> before) implements Change {

    @Override
    public Operation operation() {
        return Operation.DELETE;
    }
}
