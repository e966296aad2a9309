package dev.rowcast.indexer.document;

import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The tables whose rows are indexed, and the actions whose cases are.
///
/// @param byName each table by its `schema.table`
/// @param cases the cases of each action, by the type of its events without the kind
public record IndexedTables(Map<String, Table> byName, Map<String, Cases> cases) {

    /// One table and its index.
    ///
    /// @param index name of the index of its rows
    /// @param key names of its key columns, in key order
    /// @param json names of its `json` and `jsonb` columns, which arrive as text and are stored as objects
    /// @param history name of the index with each state of its rows; empty for none
    public record Table(String index, List<String> key, Set<String> json, Optional<String> history) {

        /// A table without a history.
        public Table(String index, List<String> key, Set<String> json) {
            this(index, key, json, Optional.empty());
        }
    }

    /// The cases of one action, and their index.
    ///
    /// @param index name of the index
    /// @param key names of the key columns, in key order
    public record Cases(String index, List<String> key) {

        /// Copies the list.
        public Cases {
            key = List.copyOf(key);
        }
    }

    /// Copies the maps.
    public IndexedTables {
        byName = Map.copyOf(byName);
        cases = Map.copyOf(cases);
    }

    /// The key columns of all tables.
    public KeyColumns keyColumns() {
        return new KeyColumns(byName.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, table -> table.getValue().key())));
    }

    /// The key columns of the cases of all actions.
    public Map<String, List<String>> caseKeys() {
        return cases.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, action -> action.getValue().key()));
    }

    /// The index of the cases of an action.
    ///
    /// @throws IllegalArgumentException if it has none; the decoder rejects such events earlier
    String casesIndex(String action) {
        Cases found = cases.get(action);
        if (found == null) {
            throw new IllegalArgumentException("no index is configured for events " + action);
        }
        return found.index();
    }

    /// The table whose rows are in an index; empty for an index of cases or of a history.
    Optional<Table> ofIndex(String index) {
        return byName.values().stream()
                .filter(table -> table.index().equals(index))
                .findFirst();
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
