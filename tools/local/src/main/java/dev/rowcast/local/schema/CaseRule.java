package dev.rowcast.local.schema;

import dev.rowcast.model.contract.ContractException;
import java.util.List;
import java.util.Map;

/// What a kind of rule stores in a case table.
///
/// @param reasons the reasons for which it closes a case
/// @param columns the columns with the prediction that decided
record CaseRule(List<String> reasons, List<Column> columns) {

    /// A column with the prediction that decided, or with what the rule compared it with.
    enum Column {
        CATEGORY("prediction", "text", "Predicted class"),
        VALUE("prediction", "double precision", "Predicted value"),
        PROBABILITY("probability", "double precision", "Probability"),
        THRESHOLD("threshold", "double precision", "Lowest probability that opens a case"),
        BOUND("bound", "double precision", "Value that opens a case");

        private final String column;
        private final String type;
        private final String meaning;

        Column(String column, String type, String meaning) {
            this.column = column;
            this.type = type;
            this.meaning = meaning;
        }

        String column() {
            return column;
        }

        String definition() {
            return column + " " + type;
        }

        String meaning() {
            return meaning;
        }
    }

    /// By the values of the setting `rowcast.action.rule.kind`.
    private static final Map<String, CaseRule> BY_KIND = Map.of(
            "threshold", new CaseRule(List.of("below-threshold"), List.of(Column.PROBABILITY, Column.THRESHOLD)),
            "class",
                    new CaseRule(
                            List.of("another-class", "below-threshold"),
                            List.of(Column.CATEGORY, Column.PROBABILITY, Column.THRESHOLD)),
            "above", new CaseRule(List.of("below-bound"), List.of(Column.VALUE, Column.BOUND)),
            "below", new CaseRule(List.of("above-bound"), List.of(Column.VALUE, Column.BOUND)));

    /// @throws ContractException when there is no such kind
    static CaseRule of(String kind) {
        CaseRule rule = BY_KIND.get(kind);
        if (rule == null) {
            throw new ContractException("RULE must be threshold, class, above or below, is " + Sql.printable(kind));
        }
        return rule;
    }
}
