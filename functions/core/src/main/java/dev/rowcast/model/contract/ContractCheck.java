package dev.rowcast.model.contract;

import dev.rowcast.model.sql.ColumnKind;
import dev.rowcast.model.sql.LiveType;
import dev.rowcast.model.sql.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Compares live tables with a model's contract. It only compares; the caller queries the database
/// for the columns.
public final class ContractCheck {

    /// A difference between a table and the contract.
    ///
    /// @param table the table, as `schema.table`
    /// @param column the column, or `*` for the table as a whole
    /// @param expected the contract's requirement, in words
    /// @param found the type of the column, or `nothing`
    public record Violation(String table, String column, String expected, String found) {

        /// The violation in one line.
        public String message() {
            return "table " + table + ", column " + column + ": expected " + expected + ", found " + found;
        }
    }

    private ContractCheck() {}

    /// Compares the source table with the contract: it needs the key and every feature, and the feature's
    /// type in the contract must hold all values of the column's type.
    ///
    /// @param contract the contract of the model
    /// @param columns the type of each live column, by the column's name; empty if the table does not exist
    /// @return the violations, in the order of the contract
    public static List<Violation> source(ModelContract contract, Map<String, String> columns) {
        List<Violation> violations = new ArrayList<>(violations(source(contract), rowColumns(contract), columns));
        Set<String> seen = new HashSet<>();
        for (Feature feature : contract.features()) {
            String type = columns.getOrDefault(feature.column(), "nothing");
            boolean isKind = kindsOf(feature).stream().anyMatch(kind -> kind.holds(type));
            if (isKind && !reads(feature.sql(), type) && seen.add(feature.column())) {
                violations.add(new Violation(
                        source(contract),
                        feature.column(),
                        "a type whose every value " + feature.sql().name() + " can hold",
                        type));
            }
        }
        return violations;
    }

    /// Returns whether the reader accepts every value of a live type for a type of the contract. It rounds
    /// any number to a float.
    private static boolean reads(SqlType sql, String type) {
        boolean readsAny = !(sql.isNumber() || sql.isBoolean()) || sql.isFloat();
        return readsAny || LiveType.of(sql.name()).holdsAllOf(LiveType.of(type));
    }

    /// Compares the captured table with the contract and the source table: it needs the columns of the
    /// source table, in types that hold every accepted value, the label, and its own columns.
    ///
    /// @param contract the contract of the model
    /// @param columns the type of each live column, by the column's name; empty if the table does not exist
    /// @param source the type of each live column of the source table
    /// @return the violations, in the order of the contract
    public static List<Violation> captured(
            ModelContract contract, Map<String, String> columns, Map<String, String> source) {
        String table = contract.captured().schema() + "." + contract.captured().table();
        Map<String, List<ColumnKind>> needed = rowColumns(contract);
        needed.put(contract.label().name(), List.of(CapturedTable.kindOfTheLabel(contract.output())));
        CapturedTable own = CapturedTable.of(contract);
        own.columns().forEach(column -> needed.put(own.name(column), List.of(column.kind())));
        List<Violation> violations = new ArrayList<>(violations(table, needed, columns));
        Set<String> named = violations.stream().map(Violation::column).collect(Collectors.toSet());
        accepted(contract, source).forEach((column, type) -> {
            String found = columns.getOrDefault(column, "nothing");
            if (!columns.isEmpty()
                    && !named.contains(column)
                    && !LiveType.of(found).holdsAllOf(LiveType.of(type))) {
                violations.add(new Violation(table, column, "a type that holds every value of " + type, found));
            }
        });
        return violations;
    }

    /// Compares the publications of the source table with the contract: at least one must publish the key
    /// and every feature.
    ///
    /// @param contract the contract of the model
    /// @param publications the published columns of the source table, by publication; empty if there is
    ///     none, which is not a violation here
    /// @param generated the columns that are generated
    /// @return the columns that are not published, in the order of the contract; empty if one publication
    ///     has all
    public static List<Violation> published(
            ModelContract contract, Map<String, Set<String>> publications, Set<String> generated) {
        List<List<Violation>> unpublished = publications.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(publication -> rowColumns(contract).keySet().stream()
                        .filter(column -> !publication.getValue().contains(column))
                        .map(column -> new Violation(
                                source(contract),
                                column,
                                "a column that publication " + publication.getKey() + " publishes",
                                generated.contains(column)
                                        ? "a generated column that it omits"
                                        : "none of its columns"))
                        .toList())
                .toList();
        return unpublished.stream().anyMatch(List::isEmpty)
                ? List.of()
                : unpublished.stream().findFirst().orElseGet(List::of);
    }

    /// The first column of the row, or the label, that has the name of an own column of the captured table.
    static Optional<String> clash(ModelContract contract) {
        List<String> names = new ArrayList<>(rowColumns(contract).keySet());
        names.add(contract.label().name());
        return CapturedTable.of(contract).clash(names);
    }

    private static Map<String, List<ColumnKind>> rowColumns(ModelContract contract) {
        Map<String, List<ColumnKind>> columns = new LinkedHashMap<>();
        contract.source().key().forEach(column -> columns.put(column, List.of(ColumnKind.KEY)));
        for (Feature feature : contract.features()) {
            columns.merge(feature.column(), kindsOf(feature), ContractCheck::both);
        }
        return columns;
    }

    /// The type of the values for each column: of a number or a boolean, the type that the reader accepts;
    /// of any other, the type in the source table.
    private static Map<String, String> accepted(ModelContract contract, Map<String, String> source) {
        Map<String, String> types = new LinkedHashMap<>();
        Stream.concat(
                        contract.source().key().stream(),
                        Stream.of(contract.label().name()))
                .filter(source::containsKey)
                .forEach(column -> types.put(column, source.get(column)));
        for (Feature feature : contract.features()) {
            boolean isRead = feature.sql().isNumber() || feature.sql().isBoolean();
            Optional.ofNullable(isRead ? feature.sql().name() : source.get(feature.column()))
                    .ifPresent(type -> types.put(feature.column(), type));
        }
        return types;
    }

    private static String source(ModelContract contract) {
        return contract.source().schema() + "." + contract.source().table();
    }

    /// A category can be in a column of whole numbers or booleans if all categories are such values, as
    /// `FeatureReader` reads them.
    static List<ColumnKind> kindsOf(Feature feature) {
        return switch (feature) {
            case Feature.Numeric number -> List.of(number.sql().isText() ? ColumnKind.TEXT : ColumnKind.NUMBER);
            case Feature.Temporal temporal -> {
                SqlType sql = temporal.sql();
                ColumnKind time = sql.hasZone() ? ColumnKind.TIME : ColumnKind.LOCAL_TIME;
                yield List.of(sql.isDate() ? ColumnKind.DATE : time);
            }
            case Feature.Category category when category.sql().isUuid() -> List.of(ColumnKind.UUID);
            case Feature.Category category -> {
                List<ColumnKind> kinds = new ArrayList<>(List.of(ColumnKind.TEXT));
                if (category.categories().stream().allMatch(text -> text.matches("-?\\d+"))) {
                    kinds.add(ColumnKind.WHOLE_NUMBER);
                }
                if (category.categories().stream().allMatch(text -> text.matches("true|false"))) {
                    kinds.add(ColumnKind.BOOLEAN);
                }
                yield kinds;
            }
        };
    }

    private static List<ColumnKind> both(List<ColumnKind> some, List<ColumnKind> others) {
        List<ColumnKind> common = some.stream().filter(others::contains).toList();
        return common.isEmpty() ? others : common;
    }

    private static List<Violation> violations(
            String table, Map<String, List<ColumnKind>> needed, Map<String, String> columns) {
        if (columns.isEmpty()) {
            return List.of(new Violation(table, "*", "a readable table", "nothing"));
        }
        List<Violation> violations = new ArrayList<>();
        needed.forEach((column, kinds) -> {
            String type = columns.getOrDefault(column, "nothing");
            if (!columns.containsKey(column) || kinds.stream().noneMatch(kind -> kind.holds(type))) {
                violations.add(new Violation(table, column, phrase(kinds), type));
            }
        });
        return violations;
    }

    static String phrase(List<ColumnKind> kinds) {
        return kinds.stream().map(ColumnKind::phrase).collect(Collectors.joining(" or "));
    }
}
