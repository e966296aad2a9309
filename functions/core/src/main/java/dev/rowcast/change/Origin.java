package dev.rowcast.change;

import java.time.Instant;

/// Where and when a change was made.
///
/// @param schema schema of the changed table
/// @param table name of the changed table
/// @param timestamp when the database made the change, as precise as the event says it (nanoseconds, microseconds or
///     milliseconds)
public record Origin(String schema, String table, Instant timestamp) {

    /// Schema and table as `schema.table`.
    public String qualifiedTable() {
        return schema + "." + table;
    }
}
