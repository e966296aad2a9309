package dev.rowcast.change;

import java.util.Optional;

/// One change of one row.
public sealed interface Change permits Upsert, Delete {

    /// Where the change stands in the history of its database.
    Position position();

    /// The table and the time of the change.
    Origin origin();

    /// The primary key of the row.
    Key key();

    /// What happened to the row.
    Operation operation();

    /// The row as it was before, when the event tells more of it than its key.
    Optional<Row> before();
}
