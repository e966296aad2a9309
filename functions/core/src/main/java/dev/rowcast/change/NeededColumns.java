package dev.rowcast.change;

import java.util.Set;

/// The columns of a row that must be readable. Key columns are always needed. A change is rejected if a
/// needed column is unreadable; any other unreadable column is omitted, see [Row#leftOut].
@FunctionalInterface
public interface NeededColumns {

    /// All columns, for a reader that forwards the whole row.
    NeededColumns ALL = (origin, row, column) -> true;

    /// Returns whether the reader needs a column.
    ///
    /// @param origin the table
    /// @param row the readable columns of the row after the change
    /// @param column an unreadable column
    boolean contains(Origin origin, Row row, String column);

    /// These columns, but only the key if the row is [marked as deleted][Row#isMarkedDeleted].
    default NeededColumns unlessDeleted() {
        return (origin, row, column) -> !row.isMarkedDeleted() && contains(origin, row, column);
    }

    /// A fixed set of columns, for every row.
    static NeededColumns of(Set<String> columns) {
        Set<String> needed = Set.copyOf(columns);
        return (origin, row, column) -> needed.contains(column);
    }
}
