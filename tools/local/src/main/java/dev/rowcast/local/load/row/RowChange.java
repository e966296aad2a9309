package dev.rowcast.local.load.row;

import java.util.List;
import java.util.Map;

/// A change of one row of the source table.
public sealed interface RowChange {

    /// The values of the key columns, in key order.
    List<String> key();

    /// A new row.
    ///
    /// @param values by column, without the nulls
    record Insert(List<String> key, Map<String, String> values) implements RowChange {}

    /// New values of an existing row.
    ///
    /// @param values of all columns, by column, without the nulls
    record Update(List<String> key, Map<String, String> values) implements RowChange {}

    /// The row is deleted.
    record Delete(List<String> key) implements RowChange {}
}
