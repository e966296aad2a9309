package dev.rowcast.table.content;

import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.table.kibana.BoardGroup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The groups of documents by a column of the source table.
///
/// @param columns the columns of the table
/// @param contract names the columns that the model reads
record ColumnGroups(List<SourceColumn> columns, ModelContract contract) {

    /// The groups by each column of the key; empty if the index lacks one of the columns.
    ///
    /// @param size number of groups
    Optional<List<BoardGroup>> key(int size) {
        List<SourceColumn> key = columns.stream().filter(SourceColumn::isKey).toList();
        return key.stream().map(IndexField::of).allMatch(IndexField::isMapped)
                ? Optional.of(key.stream()
                        .map(column -> BoardGroup.values(column.name(), column.name(), type(column), size))
                        .toList())
                : Optional.empty();
    }

    /// The groups by each column that the model reads and that the index has.
    Stream<BoardGroup> ofFeatures() {
        Set<String> features = contract.features().stream().map(Feature::column).collect(Collectors.toSet());
        return columns.stream()
                .filter(column -> features.contains(column.name())
                        && IndexField.of(column).isMapped())
                .map(column -> switch (type(column)) {
                    case "number" -> BoardGroup.ranges(column.name(), column.name());
                    case "date" -> BoardGroup.time(column.name(), column.name(), "30d");
                    default -> BoardGroup.values(column.name(), column.name(), type(column), 0);
                });
    }

    private static String type(SourceColumn column) {
        String mapping = IndexField.of(column).mapping();
        return Stream.of("keyword", "boolean", "date")
                .filter(type -> mapping.contains("\"" + type + "\""))
                .findFirst()
                .map(type -> type.equals("keyword") ? "string" : type)
                .orElse("number");
    }
}
