package dev.rowcast.table.content;

import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The columns of the source table: key, features and label, in this order. Each occurs once, however many features
/// are read from it.
final class SourceColumns {

    private SourceColumns() {}

    /// A column.
    ///
    /// @param name its name
    /// @param sql its type in SQL
    /// @param role what it is for
    /// @param example a value of training, as text; empty for none
    record Column(String name, String sql, Role role, Optional<String> example) {}

    /// What a column is for.
    enum Role {
        /// Part of the key.
        KEY,
        /// Read by the model.
        FEATURE,
        /// Predicted.
        LABEL
    }

    static List<Column> of(ModelContract contract) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (int i = 0; i < contract.source().key().size(); i++) {
            String key = contract.source().key().get(i);
            String sql = contract.source().keyTypes().get(i).name();
            columns.put(key, new Column(key, sql, Role.KEY, Optional.empty()));
        }
        for (Feature feature : contract.features()) {
            columns.putIfAbsent(
                    feature.column(),
                    new Column(
                            feature.column(), feature.sql().name(), Role.FEATURE, ExampleRow.valueInTraining(feature)));
        }
        String label = contract.label().name();
        columns.putIfAbsent(
                label, new Column(label, contract.output().labelType().name(), Role.LABEL, Optional.empty()));
        return List.copyOf(columns.values());
    }
}
