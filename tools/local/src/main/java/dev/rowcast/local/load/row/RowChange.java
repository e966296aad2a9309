package dev.rowcast.local.load.row;

import java.util.List;
import java.util.Map;

/// A change of one row that load makes.
public sealed interface RowChange {

    /// The values of the key columns, in key order.
    List<String> key();

    /// A new row.
    ///
    /// @param values by column, a null left out
    record Insert(List<String> key, Map<String, String> values) implements RowChange {}

    /// New values of a row.
    ///
    /// @param values by column, all of them, a null left out
    record Update(List<String> key, Map<String, String> values) implements RowChange {}

    /// A row goes.
    record Remove(List<String> key) implements RowChange {}
}
