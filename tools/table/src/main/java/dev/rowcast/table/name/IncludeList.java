package dev.rowcast.table.name;

import dev.rowcast.change.debezium.DebeziumNames;
import dev.rowcast.model.contract.ModelContract;
import java.util.regex.Pattern;

/// The value of Debezium's `table.include.list`: regular expressions, separated by commas, that must match the whole of
/// `schema.table` and ignore the case unless they say otherwise.
public final class IncludeList {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private IncludeList() {}

    /// The expressions of source and captured table.
    public static String of(ModelContract contract) {
        return table(contract.source().schema(), contract.source().table()) + ","
                + table(contract.captured().schema(), contract.captured().table());
    }

    private static String table(String schema, String table) {
        if (PLAIN.matcher(schema).matches() && PLAIN.matcher(table).matches()) {
            // Every schema.table has a point, so this one matches nothing else.
            return schema + "." + table;
        }
        return "(?-i)" + DebeziumNames.expression(schema) + "\\." + DebeziumNames.expression(table);
    }
}
