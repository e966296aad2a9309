package dev.rowcast.change;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The primary key columns of each table whose changes are decoded.
///
/// @param byTable key columns in key order, by `schema.table`
public record KeyColumns(Map<String, List<String>> byTable) {

    /// @throws IllegalArgumentException if a table has no key column
    public KeyColumns {
        byTable = byTable.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        byTable.forEach((table, columns) -> {
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("table " + table + " needs at least one key column");
            }
        });
    }

    /// The key of a single table.
    public static KeyColumns of(String schema, String table, List<String> columns) {
        return new KeyColumns(Map.of(schema + "." + table, columns));
    }

    /// The key columns of the table in `origin`; empty if changes of that table are not expected.
    public Optional<List<String>> of(Origin origin) {
        return Optional.ofNullable(byTable.get(origin.qualifiedTable()));
    }
}
