package dev.rowcast.change;

import java.util.Optional;

/// One change of one row.
public sealed interface Change permits Upsert, Delete {

    /// The position of the change in the history of its database.
    Position position();

    /// The table and the time of the change.
    Origin origin();

    /// The primary key of the row.
    Key key();

    /// The operation on the row.
    Operation operation();

    /// The row before the change, if the event has more of it than the key.
    Optional<Row> before();
}
