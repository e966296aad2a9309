package dev.rowcast.change;

import java.util.List;
import java.util.stream.Collectors;

/// The primary key of a changed row.
///
/// @param columns names of the key columns, in key order, at least one
/// @param values the value of each column as text, in the same order
public record Key(List<String> columns, List<String> values) {

    /// @throws IllegalArgumentException if there is no column, or the number of values differs
    public Key {
        columns = List.copyOf(columns);
        values = List.copyOf(values);
        if (columns.isEmpty() || columns.size() != values.size()) {
            throw new IllegalArgumentException("a key of columns " + columns + " needs one value for each");
        }
    }

    /// The key as one text, for stores with a single document id. A single value is used unchanged. Several
    /// values are joined by `|`; each `|` and backslash inside a value is escaped by a backslash, so two
    /// keys never share an id.
    public String id() {
        if (values.size() == 1) {
            return values.getFirst();
        }
        return values.stream()
                .map(value -> value.replace("\\", "\\\\").replace("|", "\\|"))
                .collect(Collectors.joining("|"));
    }
}
