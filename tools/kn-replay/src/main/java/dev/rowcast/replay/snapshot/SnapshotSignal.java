package dev.rowcast.replay.snapshot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.output.OutputOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The row of the signal table that asks for an incremental snapshot.
///
/// @param id of the signal; Debezium's notifications carry it
/// @param tables each as `schema.table`, read one after the other
/// @param where which rows, as SQL, of the only table; empty for all
record SnapshotSignal(String id, List<String> tables, Optional<String> where) {

    static final String TYPE = "execute-snapshot";

    /// As wide as the column `data` of the signal table.
    private static final int WIDEST = 2048;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");

    /// Copies the tables.
    SnapshotSignal {
        tables = List.copyOf(tables);
    }

    /// A new one.
    ///
    /// @param tables each with or without its schema; `public` without
    /// @throws UsageException when a table's name or the condition cannot be, or the condition is for several tables
    static SnapshotSignal of(List<String> tables, Optional<String> where) {
        if (where.isPresent() && tables.size() > 1) {
            throw new UsageException("--where is for one table");
        }
        SnapshotSignal signal = new SnapshotSignal(
                "kn-replay-" + UUID.randomUUID(),
                tables.stream().map(SnapshotSignal::qualified).toList(),
                where);
        if (signal.data().length() > WIDEST) {
            throw new UsageException("the tables or --where are too long: the signal may have " + WIDEST + " characters");
        }
        return signal;
    }

    private static String qualified(String table) {
        String qualified = table.contains(".") ? table : "public." + table;
        String[] names = qualified.split("\\.", -1);
        if (names.length != 2
                || !NAME.matcher(names[0]).matches()
                || !NAME.matcher(names[1]).matches()) {
            throw new UsageException(table + " is no table: give its name, or schema.table");
        }
        return qualified;
    }

    /// The command's arguments, as Debezium reads them.
    String data() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("type", "incremental");
        // Debezium takes a name as a regular expression.
        ArrayNode collections = data.putArray("data-collections");
        tables.forEach(collections::add);
        where.ifPresent(condition -> data.putArray("additional-conditions")
                .addObject()
                .put("data-collection", tables.getFirst())
                .put("filter", condition));
        return OutputOption.line(data);
    }
}
