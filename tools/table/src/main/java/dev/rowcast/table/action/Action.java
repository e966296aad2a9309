package dev.rowcast.table.action;

import dev.rowcast.local.schema.CaseRule;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.table.name.IndexNames;
import dev.rowcast.table.name.TableName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The action on the predictions of a table: its names, its settings and its case table.
///
/// ```
///   table loan ─▶ function retention-loan ─▶ table loan_case ─▶ topic churn.events.loan_case ─▶ index
/// rowcast-loan_case
///                                             events dev.rowcast.loan.case.opened, …closed
/// ```
///
/// @param rule which prediction opens a case
/// @param name of the table's resources
/// @param contract of its model
public record Action(RuleRequest rule, TableName name, ModelContract contract) {

    /// The name whose cases would be those of the shipped action.
    private static final String SHIPPED = "retention";

    /// @throws IllegalArgumentException with one line that names the variable at fault
    /// @throws ContractException with one line when a name of the contract does not admit an action
    public Action {
        new RuleCheck(rule, contract).requireFit();
        if (name.text().equals(SHIPPED)) {
            throw new IllegalArgumentException(
                    "NAME is " + SHIPPED + ", whose cases would be those of the shipped action; choose another one");
        }
        if (isCaseTable(name, contract.source().table())
                || isCaseTable(name, contract.captured().table())) {
            throw new ContractException(
                    "contract: a table of the contract has the name of its case table, " + caseTable(name));
        }
    }

    /// The schema of the case table.
    public String schema() {
        return contract.captured().schema();
    }

    /// The case table, and what the events are about.
    public String table() {
        return caseTable(name);
    }

    /// The topic of the events, as the connector `outbox` names it.
    public String topic() {
        return "churn.events." + table();
    }

    /// The type of the events, without `opened` or `closed`.
    public String type() {
        return "dev.rowcast." + name.text() + ".case";
    }

    /// The index of the cases.
    public String index() {
        return IndexNames.of(name, schema(), table());
    }

    /// The columns with the prediction that decided.
    public CaseRule columns() {
        return CaseRule.of(rule.kind());
    }

    /// The SQL of the case table, for psql.
    public String sql() {
        return columns().tableSql(contract, schema(), table());
    }

    /// The variables of `make table` that describe it, as a user types them in a shell.
    public String typed() {
        return "ACTION=" + rule.kind()
                + rule.variables().entrySet().stream()
                        .map(variable -> " " + variable.getKey() + "=" + shell(variable.getValue()))
                        .collect(Collectors.joining());
    }

    /// The variables of the function, by name.
    ///
    /// @throws ContractException with one line when a setting cannot have one of the names
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (!schema().equals("public")) {
            settings.put("CAPTURED_SCHEMA", schema());
        }
        settings.put("CAPTURED_TABLE", contract.captured().table());
        settings.put(
                "CAPTURED_KEY",
                contract.source().key().stream()
                        .map(column -> column.replace("\\", "\\\\").replace(",", "\\,"))
                        .collect(Collectors.joining(",")));
        settings.put("CAPTURED_LABEL", contract.label().name());
        settings.put("RULE_KIND", rule.kind());
        rule.variables().forEach((variable, value) -> settings.put("RULE_" + variable, value));
        if (!schema().equals("public")) {
            settings.put("CASES_SCHEMA", schema());
        }
        settings.put("CASES_TABLE", table());
        settings.put("EVENT_AGGREGATE", table());
        settings.put("EVENT_TYPE", type());
        settings.put("EVENT_SOURCE", "/rowcast/" + name.text());
        Map<String, String> variables = new LinkedHashMap<>();
        settings.forEach((setting, value) -> variables.put("ROWCAST_ACTION_" + setting, deliverable(value)));
        return variables;
    }

    /// Kubernetes and the function both replace `$` and what follows it in the value of a variable.
    private static String deliverable(String value) {
        if (value.contains("$")) {
            throw new ContractException(
                    "contract: an action needs " + value + " as a setting, and no setting can have a $; rename it");
        }
        return value;
    }

    private static boolean isCaseTable(TableName name, String table) {
        return table.equals(caseTable(name));
    }

    private static String caseTable(TableName name) {
        return name.text().replace('-', '_') + "_case";
    }

    private static String shell(String value) {
        return value.matches("[\\w.,+-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
