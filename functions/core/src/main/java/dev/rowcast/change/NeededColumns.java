package dev.rowcast.change;

import java.util.Set;

/// Which columns of a row must be readable for its change to be of use. The key always is. A change whose row lacks a
/// needed column is rejected; any other column that cannot be read is left out, see [Row#leftOut].
@FunctionalInterface
public interface NeededColumns {

    /// Every column, for a reader that passes on the whole row.
    NeededColumns ALL = (origin, row, column) -> true;

    /// Whether the reader needs a column.
    ///
    /// @param origin the table
    /// @param row the row after the change, as far as it can be read
    /// @param column a column that cannot be read
    boolean contains(Origin origin, Row row, String column);

    /// These columns, but no more than the key of a row that is [marked as deleted][Row#isMarkedDeleted].
    default NeededColumns unlessDeleted() {
        return (origin, row, column) -> !row.isMarkedDeleted() && contains(origin, row, column);
    }

    /// Some columns, whatever the row holds.
    static NeededColumns of(Set<String> columns) {
        Set<String> needed = Set.copyOf(columns);
        return (origin, row, column) -> needed.contains(column);
    }
}
