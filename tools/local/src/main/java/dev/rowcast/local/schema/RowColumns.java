package dev.rowcast.local.schema;

import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.sql.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The columns of a row: key, features and label, in this order.
///
/// @param types type of each column, by its name
/// @param key   columns of the key
public record RowColumns(Map<String, SqlType> types, List<String> key) {

    /// The columns of the source table, each once, however many features are read from it.
    ///
    /// @throws ContractException if a column is part of the key, a feature and the label, or two of
    ///     these
    public static RowColumns of(ModelContract contract) {
        Map<String, SqlType> types = new LinkedHashMap<>();
        for (int i = 0; i < contract.source().key().size(); i++) {
            types.put(
                    contract.source().key().get(i), contract.source().keyTypes().get(i));
        }
        for (Feature feature : contract.features()) {
            if (contract.source().key().contains(feature.column())) {
                throw new ContractException("contract: column " + feature.column() + " is both key and feature");
            }
            types.put(feature.column(), feature.sql());
        }
        if (types.put(contract.label().name(), contract.output().labelType()) != null) {
            throw new ContractException(
                    "contract: column " + contract.label().name() + " is both label and key or feature");
        }
        return new RowColumns(types, contract.source().key());
    }

    /// One line of the table definition per column.
    List<String> lines() {
        return types.entrySet().stream()
                .map(column ->
                        Sql.name(column.getKey()) + " " + column.getValue().name())
                .toList();
    }

    /// The constraints of the key, as lines of the table definition.
    ///
    /// @param constraint name of the constraint that refuses keys that cannot be delivered
    List<String> constraints(String constraint) {
        List<String> lines = new ArrayList<>();
        lines.add("PRIMARY KEY (" + key.stream().map(Sql::name).collect(Collectors.joining(", ")) + ")");
        String deliverable = key.stream()
                .filter(this::isText)
                .map(Sql::name)
                .map(name -> "octet_length(" + name + ") BETWEEN 1 AND 512 AND " + name
                        + " !~ '[\\u0001-\\u001f\\u007f-\\u009f]'")
                .collect(Collectors.joining(" AND "));
        if (!deliverable.isEmpty()) {
            lines.add("CONSTRAINT " + Sql.name(constraint) + "\n        CHECK (" + deliverable + ")");
        }
        return lines;
    }

    boolean isText(String column) {
        return types.get(column).isText();
    }
}
