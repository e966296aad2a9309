package dev.rowcast.table.content;

import dev.rowcast.local.schema.RowColumns;
import dev.rowcast.model.contract.ModelContract;
import java.util.List;
import java.util.Optional;

/// A column of the source table, as documents and statements need it.
///
/// @param name its name
/// @param sql its type in SQL
/// @param isKey true for a part of the key
/// @param example a value of training, as text; empty for none
record SourceColumn(String name, String sql, boolean isKey, Optional<String> example) {

    /// The columns: key, features and label, in this order.
    static List<SourceColumn> of(ModelContract contract) {
        RowColumns row = RowColumns.of(contract);
        return row.types().entrySet().stream()
                .map(column -> new SourceColumn(
                        column.getKey(),
                        column.getValue().name(),
                        row.key().contains(column.getKey()),
                        ExampleRow.valueInTraining(contract, column.getKey())))
                .toList();
    }
}
