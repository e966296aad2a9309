package dev.rowcast.table.content;

import dev.rowcast.local.schema.CaseRule;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.table.action.Action;
import dev.rowcast.table.name.Quoted;
import dev.rowcast.table.name.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the templates show of an action.
///
/// @param action the action
/// @param contract of its model
record ActionView(Action action, ModelContract contract) {

    /// A variable of the function.
    ///
    /// @param variable its name
    /// @param value its value, quoted for YAML
    record Setting(String variable, String value) {}

    /// The values by the names that the templates use.
    Map<String, Object> values() {
        String source = contract.source().table();
        return Map.ofEntries(
                Map.entry("captured", Topics.of(action.name(), contract).captured()),
                Map.entry("topic", action.topic()),
                Map.entry("type", action.type()),
                Map.entry("index", action.index()),
                Map.entry("indexName", Quoted.json(action.index())),
                Map.entry("description", Quoted.json("Cases of " + source + ", one document per key: the last case.")),
                Map.entry("typed", action.typed()),
                Map.entry("select", "SELECT * FROM " + table() + ";"),
                Map.entry("settings", settings()),
                Map.entry("fields", fields()));
    }

    private String table() {
        return Quoted.sqlName(action.schema()) + "." + Quoted.sqlName(action.table());
    }

    private List<Setting> settings() {
        return action.settings().entrySet().stream()
                .map(each -> new Setting(each.getKey(), Quoted.yaml(each.getValue())))
                .toList();
    }

    private List<IndexField> fields() {
        List<IndexField> fields = new ArrayList<>();
        SourceColumn.of(contract).stream()
                .filter(SourceColumn::isKey)
                .map(IndexField::of)
                .filter(IndexField::isMapped)
                .forEach(fields::add);
        for (CaseRule.Column column : action.columns().columns()) {
            fields.add(new IndexField(column.column(), column.isText() ? IndexField.KEYWORD : IndexField.DOUBLE));
        }
        return fields;
    }
}
