package dev.rowcast.local.load.row;

import java.util.List;
import java.util.Map;

/// What must be known of the source table to write into it.
///
/// @param table name with its schema, quoted for SQL
/// @param key key columns, in key order
/// @param columns every column by name
public record TableShape(String table, List<String> key, Map<String, Column> columns) {

    /// A column.
    ///
    /// @param kind what it holds
    /// @param scale digits after the decimal point that it keeps
    public record Column(Kind kind, int scale) {}

    /// What a column holds, as far as it matters here.
    public enum Kind {
        TEXT,
        WHOLE_NUMBER,
        NUMBER,
        UUID,
        OTHER
    }

    public TableShape {
        key = List.copyOf(key);
        columns = Map.copyOf(columns);
    }

    /// The column of that name.
    ///
    /// @throws IllegalStateException when the table has none
    Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalStateException("load: table " + table + " has no column " + name);
        }
        return column;
    }
}
