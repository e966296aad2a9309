package dev.rowcast.table.existing;

import dev.rowcast.local.schema.CaseRule;
import dev.rowcast.table.action.Action;
import dev.rowcast.table.existing.Finding.Kind;
import dev.rowcast.table.name.Quoted;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Checks the case table of an action.
///
/// @param catalog of the database
/// @param action the action
record CaseTableCheck(Catalog catalog, Action action) {

    List<Finding> findings() throws SQLException {
        String table = Quoted.sqlName(action.schema()) + "." + Quoted.sqlName(action.table());
        Map<String, String> columns = catalog.columns(table);
        if (columns.isEmpty()) {
            return List.of(new Finding(Kind.CHANGE, "table " + table + " is created, for the cases"));
        }
        List<Finding> findings = new ArrayList<>();
        List<String> key = catalog.key(table);
        if (!key.equals(action.contract().source().key())) {
            findings.add(new Finding(
                    Kind.FAULT,
                    "table " + table + ": expected the primary key "
                            + action.contract().source().key() + " of a case table, found " + key));
        }
        for (CaseRule.Column column : action.columns().columns()) {
            String found = columns.getOrDefault(column.column(), "nothing");
            if (!found.equals(column.type())) {
                findings.add(new Finding(
                        Kind.FAULT,
                        "table " + table + ", column " + column.column() + ": expected " + column.type() + " of rule "
                                + action.rule().kind() + ", found " + found));
            }
        }
        return findings.isEmpty() ? List.of(new Finding(Kind.FITS, "table " + table + " exists")) : findings;
    }
}
