package dev.rowcast.replay.snapshot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.replay.exit.UsageException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The row of the signal table that starts an incremental snapshot.
///
/// @param id of the signal; Debezium's notifications carry it
/// @param tables each as `schema.table`, read one after the other
/// @param where SQL condition for the rows of the only table; empty for all rows
record SnapshotSignal(String id, List<String> tables, Optional<String> where) {

    static final String TYPE = "execute-snapshot";

    /// Width of the column `data` of the signal table.
    private static final int MAX_LENGTH = 2048;

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_$]*";

    /// {@return a signal with a new id}
    ///
    /// @param tables each with or without a schema, which is `public` by default
    /// @throws UsageException if a name or the condition is not valid, or the condition is
    ///     for several tables
    static SnapshotSignal of(List<String> tables, Optional<String> where) {
        if (where.isPresent() && tables.size() > 1) {
            throw new UsageException("--where is for one table");
        }
        SnapshotSignal signal = new SnapshotSignal(
                "kn-replay-" + UUID.randomUUID(),
                tables.stream().map(SnapshotSignal::qualified).toList(),
                where);
        if (signal.data().length() > MAX_LENGTH) {
            throw new UsageException(
                    "the tables or --where are too long: the signal is limited to " + MAX_LENGTH + " characters");
        }
        return signal;
    }

    private static String qualified(String table) {
        String qualified = table.contains(".") ? table : "public." + table;
        if (!qualified.matches(NAME + "\\." + NAME)) {
            throw new UsageException(table + " is no table: give its name, or schema.table");
        }
        return qualified;
    }

    /// {@return the arguments of the signal, in Debezium's format}
    String data() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("type", "incremental");
        // Debezium reads a name as a regular expression.
        ArrayNode collections = data.putArray("data-collections");
        tables.forEach(collections::add);
        where.ifPresent(condition -> data.putArray("additional-conditions")
                .addObject()
                .put("data-collection", tables.getFirst())
                .put("filter", condition));
        return data.toString();
    }
}
