package dev.rowcast.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    /// type that the model can take.
    ///
    /// @param contract the contract of the model
    /// @param columns the name of the type of each live column, by the column's name; empty when there is no
    ///     such table
    /// @return what is not kept, in the order of the contract; empty when all is well
    public static List<Violation> source(ModelContract contract, Map<String, String> columns) {
        String table = contract.source().schema() + "." + contract.source().table();
        return violations(table, rowColumns(contract), columns);
    }

    /// Holds the captured table against the contract: it needs the columns of the source table, the prediction, and
    /// what is known of the change that was scored.
    ///
    /// @param contract the contract of the model
    /// @param columns the name of the type of each live column, by the column's name; empty when there is no
    ///     such table
    /// @return what is not kept, in the order of the contract; empty when all is well
    public static List<Violation> captured(ModelContract contract, Map<String, String> columns) {
        String table = contract.captured().schema() + "." + contract.captured().table();
        String label = contract.label().name();
        Map<String, List<ColumnKind>> needed = rowColumns(contract);
        needed.put(label, List.of(ColumnKind.TEXT));
        needed.put(label + "_probability", List.of(ColumnKind.NUMBER));
        needed.put(label + "_prediction", List.of(ColumnKind.TEXT));
        needed.put(label + "_threshold", List.of(ColumnKind.NUMBER));
        needed.put("model_version", List.of(ColumnKind.TEXT));
        needed.put("source_epoch", List.of(ColumnKind.WHOLE_NUMBER));
        needed.put("source_commit", List.of(ColumnKind.WHOLE_NUMBER));
        needed.put("source_lsn", List.of(ColumnKind.WHOLE_NUMBER));
        needed.put("source_ts", List.of(ColumnKind.TIME));
        needed.put("operation", List.of(ColumnKind.TEXT));
        needed.put("previous", List.of(ColumnKind.JSON));
        needed.put("predicted_at", List.of(ColumnKind.TIME));
        needed.put("deleted", List.of(ColumnKind.BOOLEAN));
        return violations(table, needed, columns);
    }

    private static Map<String, List<ColumnKind>> rowColumns(ModelContract contract) {
        Map<String, List<ColumnKind>> columns = new LinkedHashMap<>();
        contract.source().key().forEach(column -> columns.put(column, List.of(ColumnKind.ANY)));
        for (Feature feature : contract.features()) {
            columns.put(feature.name(), kindsOf(feature));
        }
        return columns;
    }

    /// A category may stand in a column of numbers or booleans when all categories are such, as [FeatureReader] reads
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
