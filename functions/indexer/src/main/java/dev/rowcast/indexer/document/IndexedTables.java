package dev.rowcast.indexer.document;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables whose rows are indexed, and the index of cases.
///
/// @param byName each table by its `schema.table`
/// @param casesIndex name of the index of retention cases
public record IndexedTables(Map<String, Table> byName, String casesIndex) {

    /// One table and its index.
    ///
    /// @param index name of the index of its rows
    /// @param key names of its key columns, in key order
    /// @param json names of its `json` and `jsonb` columns, which arrive as text and are stored as objects
    public record Table(String index, List<String> key, Set<String> json) {}

    /// Copies the map.
    public IndexedTables {
        byName = Map.copyOf(byName);
    }

    /// The key columns of all tables.
    public KeyColumns keyColumns() {
        return new KeyColumns(byName.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, table -> table.getValue().key())));
    }

    /// The indices of all tables and the index of cases, sorted.
    public Set<String> indices() {
        return Stream.concat(byName.values().stream().map(Table::index), Stream.of(casesIndex))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The table that `origin` names.
    ///
    /// @throws IllegalArgumentException if it has no index; the decoder rejects such changes earlier
    Table of(Origin origin) {
        Table table = byName.get(origin.qualifiedTable());
        if (table == null) {
            throw new IllegalArgumentException("no index is configured for table " + origin.qualifiedTable());
        }
        return table;
    }
}
