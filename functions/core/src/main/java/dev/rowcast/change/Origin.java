package dev.rowcast.change;

import java.time.Instant;

/// The table and the time of a change.
///
/// @param schema schema of the changed table
/// @param table name of the changed table
/// @param timestamp the time of the change in the database, in the best precision of the event
///     (nanoseconds, microseconds or milliseconds)
public record Origin(String schema, String table, Instant timestamp) {

    /// Schema and table as `schema.table`.
    public String qualifiedTable() {
        return schema + "." + table;
    }
}
