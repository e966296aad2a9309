package dev.rowcast.change;

import java.util.Optional;

/// A row was deleted.
///
/// @param position where the change stands in the history of its database
/// @param origin the table and the time of the change
/// @param key the primary key of the row
/// @param before the row as it was before, when the event tells more of it than its key
public record Delete(Position position, Origin origin, Key key, Optional<Row> before) implements Change {

    @Override
    public Operation operation() {
        return Operation.DELETE;
    }
}
