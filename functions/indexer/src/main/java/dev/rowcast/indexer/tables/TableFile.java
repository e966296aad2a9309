package dev.rowcast.indexer.tables;

import dev.rowcast.indexer.document.IndexedTables;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The source table and the captured table of one file, and the cases of an action on them, with their indices.
///
///     schema=public
///     key=customerid
///     source.table=person_churn_history
///     source.index=person_churn_history
///     captured.table=person_churn_history_captured
///     captured.index=person_churn_history_captured
///     captured.json=previous
///     captured.history=person_churn_history_scores
///     cases.type=com.example.loan.case
///     cases.index=rowcast-loan_case
///
/// @param name name of the file
/// @param tables each table by its `schema.table`
/// @param cases the cases of the action, by the type of its events without the kind; empty without an action
public record TableFile(String name, Map<String, IndexedTables.Table> tables, Map<String, IndexedTables.Cases> cases) {

    private static final List<String> BOTH = List.of("source", "captured");
    private static final Set<String> KEYS = new TreeSet<>(List.of(
            "schema",
            "key",
            "source.table",
            "source.index",
            "source.json",
            "source.history",
            "captured.table",
            "captured.index",
            "captured.json",
            "captured.history",
            "cases.type",
            "cases.index"));

    /// Copies the maps.
    public TableFile {
        tables = Map.copyOf(tables);
        cases = Map.copyOf(cases);
    }

    /// The names of all its indices.
    public Set<String> indices() {
        return Stream.concat(
                        tables.values().stream()
                                .flatMap(table -> Stream.concat(Stream.of(table.index()), table.history().stream())),
                        cases.values().stream().map(IndexedTables.Cases::index))
                .collect(Collectors.toSet());
    }

    /// A file that cannot be used.
    static final class Fault extends Exception {

        private static final long serialVersionUID = 1;

        /// @param problem the file, the key and the problem, in one line
        Fault(String problem) {
            super(problem);
        }
    }

    /// Parses a file.
    ///
    /// @param name name of the file
    /// @param text its content
    /// @throws Fault with one line that names the file and the key
    static TableFile parse(String name, String text) throws Fault {
        Values values = new Values(name, load(name, text));
        for (String key : values.byKey().keySet()) {
            values.require(
                    KEYS.contains(key), key, "is not a key of this file; the keys are " + String.join(", ", KEYS));
        }
        String schema = values.text("schema");
        List<String> keyColumns = values.list("key");
        values.require(!keyColumns.isEmpty(), "key", "must name at least one column");
        Map<String, IndexedTables.Table> tables = new LinkedHashMap<>();
        for (String which : BOTH) {
            if (values.has(which + ".")) {
                String table = schema + "." + values.text(which + ".table");
                IndexedTables.Table same = tables.put(table, table(values, which, keyColumns));
                values.require(same == null, which + ".table", "must not be the source table, is " + table);
            }
        }
        values.require(!tables.isEmpty(), "source.table", "or captured.table must name a table");
        return new TableFile(name, tables, values.has("cases.") ? cases(values, keyColumns) : Map.of());
    }

    private static Map<String, IndexedTables.Cases> cases(Values values, List<String> keyColumns) throws Fault {
        return Map.of(values.text("cases.type"), new IndexedTables.Cases(values.index("cases.index"), keyColumns));
    }

    private static IndexedTables.Table table(Values values, String which, List<String> keyColumns) throws Fault {
        String history = which + ".history";
        return new IndexedTables.Table(
                values.index(which + ".index"),
                keyColumns,
                new HashSet<>(values.list(which + ".json")),
                values.has(history) ? Optional.of(values.index(history)) : Optional.empty());
    }

    private static Map<String, String> load(String name, String text) throws Fault {
        Set<String> repeated = new TreeSet<>();
        Map<String, String> byKey = new LinkedHashMap<>();
        Properties reader = new Properties() {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Object put(Object key, Object value) {
                if (byKey.put(key.toString(), value.toString()) != null) {
                    repeated.add(key.toString());
                }
                return super.put(key, value);
            }
        };
        try {
            reader.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException malformed) {
            throw new Fault(name + " is no property file: " + malformed.getMessage());
        }
        if (!repeated.isEmpty()) {
            throw new Fault(name + ": " + repeated.iterator().next() + " is there more than once");
        }
        return byKey;
    }

    /// The values of a file.
    private record Values(String file, Map<String, String> byKey) {

        boolean has(String prefix) {
            return byKey.keySet().stream().anyMatch(key -> key.startsWith(prefix));
        }

        String text(String key) throws Fault {
            String value = Optional.ofNullable(byKey.get(key)).orElse("").strip();
            require(!value.isEmpty(), key, "is missing");
            return value;
        }

        String index(String key) throws Fault {
            String index = text(key);
            require(IndexName.isValid(index), key, IndexName.RULE + ", is " + index);
            return index;
        }

        List<String> list(String key) throws Fault {
            List<String> names = new ArrayList<>();
            Arrays.stream(StringUtil.split(byKey.getOrDefault(key, "")))
                    .map(String::strip)
                    .filter(column -> !column.isEmpty())
                    .forEach(names::add);
            require(
                    names.size() == new HashSet<>(names).size(),
                    key,
                    "must name each column once, is " + byKey.get(key));
            return List.copyOf(names);
        }

        void require(boolean holds, String key, String problem) throws Fault {
            if (!holds) {
                throw new Fault(file + ": " + key + " " + problem);
            }
        }
    }
}
