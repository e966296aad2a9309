package dev.rowcast.change;

import java.util.List;
import java.util.stream.Collectors;

/// The primary key of a changed row.
///
/// @param columns names of the key columns, in key order, at least one
/// @param values the value of each column as text, in the same order
public record Key(List<String> columns, List<String> values) {

    /// @throws IllegalArgumentException when there is no column, or not one value for each
    public Key {
        columns = List.copyOf(columns);
        values = List.copyOf(values);
        if (columns.isEmpty() || columns.size() != values.size()) {
            throw new IllegalArgumentException("a key of columns " + columns + " needs one value for each");
        }
    }

    /// The key as one text, for stores that know documents by a single id: a single value as it is; several joined by
    /// `|`, where a backslash stands before each `|` and backslash inside a value, so that two keys never meet
    /// in one id.
    public String id() {
        if (values.size() == 1) {
            return values.getFirst();
        }
        return values.stream()
                .map(value -> value.replace("\\", "\\\\").replace("|", "\\|"))
                .collect(Collectors.joining("|"));
    }
}
