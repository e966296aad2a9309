package dev.rowcast.replay.snapshot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.replay.Misuse;
import dev.rowcast.replay.output.OutputOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The row of the signal table that asks for an incremental snapshot.
///
/// @param id of the signal; Debezium's notifications carry it
/// @param table as `schema.table`
/// @param where which rows, as SQL; empty for all
record Signal(String id, String table, Optional<String> where) {

    static final String TYPE = "execute-snapshot";

    /// As wide as the column `data` of the signal table.
    private static final int WIDEST = 2048;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");

    /// A new one.
    ///
    /// @param table with or without its schema; `public` without
    /// @throws Misuse when the table's name or the condition cannot be
    static Signal of(String table, Optional<String> where) {
        String qualified = table.contains(".") ? table : "public." + table;
        String[] names = qualified.split("\\.", -1);
        if (names.length != 2
                || !NAME.matcher(names[0]).matches()
                || !NAME.matcher(names[1]).matches()) {
            throw new Misuse(table + " is no table: give its name, or schema.table");
        }
        Signal signal = new Signal("kn-replay-" + UUID.randomUUID(), qualified, where);
        if (signal.data().length() > WIDEST) {
            throw new Misuse("--where is too long: the signal may have " + WIDEST + " characters");
        }
        return signal;
    }

    /// The command's arguments, as Debezium reads them.
    String data() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("type", "incremental");
        // Debezium takes a name as a regular expression.
        data.putArray("data-collections").add(table);
        where.ifPresent(condition -> data.putArray("additional-conditions")
                .addObject()
                .put("data-collection", table)
                .put("filter", condition));
        return OutputOption.line(data);
    }
}
