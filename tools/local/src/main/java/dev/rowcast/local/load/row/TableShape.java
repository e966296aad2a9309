package dev.rowcast.local.load.row;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The columns of the source table.
///
/// @param table   name with its schema, quoted for SQL
/// @param key     key columns, in key order
/// @param columns every column by name
public record TableShape(String table, List<String> key, Map<String, Column> columns) {

    /// A column.
    ///
    /// @param kind  its type
    /// @param size  digits after the decimal point of a number; greatest length of a text, 0 without a limit
    public record Column(Kind kind, int size) {}

    /// The types that load distinguishes.
    public enum Kind {
        TEXT,
        WHOLE_NUMBER,
        NUMBER,
        UUID,
        DATE,
        OTHER
    }

    /// Copies the collections.
    public TableShape {
        key = List.copyOf(key);
        columns = Map.copyOf(columns);
    }

    /// The column of that name.
    ///
    /// @throws IllegalStateException when the table has none
    Column column(String name) {
        return Optional.ofNullable(columns.get(name))
                .orElseThrow(() -> new IllegalStateException("load: table " + table + " has no column " + name));
    }
}
