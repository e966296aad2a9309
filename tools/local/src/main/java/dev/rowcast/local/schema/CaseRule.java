package dev.rowcast.local.schema;

import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.RuleKind;
import java.util.List;

/// What a kind of rule stores in a case table.
///
/// @param kind the kind
public record CaseRule(RuleKind kind) {

    private static final String TEXT = "text";
    private static final String NUMBER = "double precision";

    /// A column with the prediction that decided, or with what the rule compared it with.
    ///
    /// @param column  its name
    /// @param type    its type in SQL
    /// @param meaning its comment begins with this
    public record Column(String column, String type, String meaning) {

        /// True for the name of a class, false for a number.
        public boolean isText() {
            return type.equals(TEXT);
        }

        String definition() {
            return column + " " + type;
        }
    }

    /// The rule of a kind.
    ///
    /// @throws ContractException when there is no such kind
    public static CaseRule of(String kind) {
        return RuleKind.of(kind)
                .map(CaseRule::new)
                .orElseThrow(() ->
                        new ContractException("RULE must be " + RuleKind.settings() + ", is " + Sql.printable(kind)));
    }

    /// The reasons for which it closes a case.
    public List<String> reasons() {
        return kind.closings().stream().map(RuleKind.Closing::text).toList();
    }

    /// The columns with the prediction that decided.
    public List<Column> columns() {
        return kind.scores().stream().map(this::column).toList();
    }

    private Column column(RuleKind.Score score) {
        return switch (score) {
            case PREDICTION ->
                kind == RuleKind.CLASS
                        ? new Column(score.column(), TEXT, "Predicted class")
                        : new Column(score.column(), NUMBER, "Predicted value");
            case PROBABILITY -> new Column(score.column(), NUMBER, "Probability");
            case THRESHOLD -> new Column(score.column(), NUMBER, "Lowest probability that opens a case");
            case BOUND -> new Column(score.column(), NUMBER, "Value that opens a case");
        };
    }

    /// The SQL for a case table of this rule, for psql. It can be run again.
    ///
    /// @param contract its table has the key
    /// @throws ContractException when Postgres cannot store a name, or a key column has the name of a column of
    ///     every case
    public String tableSql(ModelContract contract, String schema, String table) {
        return CaseTableSql.of(contract, schema, table, this);
    }
}
