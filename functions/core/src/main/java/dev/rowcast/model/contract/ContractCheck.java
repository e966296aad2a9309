package dev.rowcast.model.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds live tables against a model's contract. It only compares; whoever has a connection asks the database what the
/// columns are.
public final class ContractCheck {

    /// What a table does not keep.
    ///
    /// @param table the table, as `schema.table`
    /// @param column the column, or `*` for the table as a whole
    /// @param expected what the contract needs there, in words
    /// @param found the type that is there, or `nothing`
    public record Violation(String table, String column, String expected, String found) {

        /// The violation in one line.
        public String message() {
            return "table " + table + ", column " + column + ": expected " + expected + ", found " + found;
        }
    }

    private ContractCheck() {}

    /// Holds the source table against the contract: its key and every feature must be there, each feature in a
    /// type whose values its own type in the contract can hold.
    ///
    /// @param contract the contract of the model
    /// @param columns the name of the type of each live column, by the column's name; empty when there is no
    ///     such table
    /// @return what is not kept, in the order of the contract; empty when all is well
    public static List<Violation> source(ModelContract contract, Map<String, String> columns) {
        List<Violation> violations = new ArrayList<>(violations(source(contract), rowColumns(contract), columns));
        for (Feature feature : contract.features()) {
            String type = columns.getOrDefault(feature.name(), "nothing");
            boolean isKind = kindsOf(feature).stream().anyMatch(kind -> kind.holds(type));
            if (isKind && !reads(feature.sql(), type)) {
                violations.add(new Violation(
                        source(contract),
                        feature.name(),
                        "a type whose every value " + feature.sql().name() + " can hold",
                        type));
            }
        }
        return violations;
    }

    /// Whether the reader takes every value of a live type for one of the contract's. It rounds any number to a float.
    private static boolean reads(SqlType sql, String type) {
        boolean readsAny = !(sql.isNumber() || sql.isBoolean()) || sql.isFloat();
        return readsAny || LiveType.of(sql.name()).holdsAllOf(LiveType.of(type));
    }

    /// Holds the captured table against the contract and the source table: it needs the columns of the source table, in
    /// types that take every value that is accepted from there, the prediction, and what is known of the scored
    /// change.
    ///
    /// @param contract the contract of the model
    /// @param columns the name of the type of each live column, by the column's name; empty when there is no
    ///     such table
    /// @param source the same of the source table
    /// @return what is not kept, in the order of the contract; empty when all is well
    public static List<Violation> captured(
            ModelContract contract, Map<String, String> columns, Map<String, String> source) {
        String table = contract.captured().schema() + "." + contract.captured().table();
        Map<String, List<ColumnKind>> needed = rowColumns(contract);
        needed.put(contract.label().name(), List.of(ColumnKind.TEXT));
        CapturedTable own = new CapturedTable(contract.label().name());
        for (CapturedTable.Column column : CapturedTable.Column.values()) {
            needed.put(own.name(column), List.of(column.kind()));
        }
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

    /// Holds what is published of the source table against the contract: some publication must have the key and every
    /// feature.
    ///
    /// @param contract the contract of the model
    /// @param publications the columns that each publication has of the source table, by its name; empty when
    ///     there is none, of which nothing is said here
    /// @param generated the columns that are generated
    /// @return the columns that are not published, in the order of the contract; empty when all is well
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
                                        ? "a generated column that it leaves out"
                                        : "none of its columns"))
                        .toList())
                .toList();
        return unpublished.stream().anyMatch(List::isEmpty)
                ? List.of()
                : unpublished.stream().findFirst().orElseGet(List::of);
    }

    /// A column of the row, or the label, that has the name of a column of the captured table itself.
    static Optional<String> clash(ModelContract contract) {
        List<String> names = new ArrayList<>(rowColumns(contract).keySet());
        names.add(contract.label().name());
        return new CapturedTable(contract.label().name()).clash(names);
    }

    private static Map<String, List<ColumnKind>> rowColumns(ModelContract contract) {
        Map<String, List<ColumnKind>> columns = new LinkedHashMap<>();
        contract.source().key().forEach(column -> columns.put(column, List.of(ColumnKind.KEY)));
        for (Feature feature : contract.features()) {
            columns.put(feature.name(), kindsOf(feature));
        }
        return columns;
    }

    /// The type of what comes for each column: of a number what the reader accepts, of anything else what the source
    /// table can have.
    private static Map<String, String> accepted(ModelContract contract, Map<String, String> source) {
        Map<String, String> types = new LinkedHashMap<>();
        Stream.concat(
                        contract.source().key().stream(),
                        Stream.of(contract.label().name()))
                .filter(source::containsKey)
                .forEach(column -> types.put(column, source.get(column)));
        for (Feature feature : contract.features()) {
            boolean isRead = feature.sql().isNumber() || feature.sql().isBoolean();
            Optional.ofNullable(isRead ? feature.sql().name() : source.get(feature.name()))
                    .ifPresent(type -> types.put(feature.name(), type));
        }
        return types;
    }

    private static String source(ModelContract contract) {
        return contract.source().schema() + "." + contract.source().table();
    }

    /// A category may stand in a column of numbers or booleans when all categories are such, as `FeatureReader` reads
    /// them.
    static List<ColumnKind> kindsOf(Feature feature) {
        return switch (feature) {
            case Feature.Numeric ignored -> List.of(ColumnKind.NUMBER);
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

    private static List<Violation> violations(
            String table, Map<String, List<ColumnKind>> needed, Map<String, String> columns) {
        if (columns.isEmpty()) {
            return List.of(new Violation(table, "*", "a table that may be read", "nothing"));
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
