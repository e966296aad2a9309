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
/// @param tables read one after the other
/// @param where SQL condition for the rows of the only table; empty for all rows
record SnapshotSignal(String id, List<TableId> tables, Optional<String> where) {

    static final String TYPE = "execute-snapshot";

    /// Width of the column `data` of the signal table.
    private static final int MAX_LENGTH = 2048;

    /// {@return a signal with a new id}
    ///
    /// @throws UsageException if a signal cannot name a table, the condition is for several tables, or either is
    ///     too long
    static SnapshotSignal of(List<TableId> tables, Optional<String> where) {
        if (where.isPresent() && tables.size() > 1) {
            throw new UsageException("--where is for one table");
        }
        SnapshotSignal signal = new SnapshotSignal("kn-replay-" + UUID.randomUUID(), List.copyOf(tables), where);
        if (signal.data().length() > MAX_LENGTH) {
            throw new UsageException(
                    "the tables or --where are too long: the signal is limited to " + MAX_LENGTH + " characters");
        }
        return signal;
    }

    /// {@return the arguments of the signal, in Debezium's format}
    String data() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("type", "incremental");
        ArrayNode collections = data.putArray("data-collections");
        tables.forEach(table -> collections.add(DataCollection.of(table).name()));
        where.ifPresent(condition -> data.putArray("additional-conditions")
                .addObject()
                .put("data-collection", DataCollection.of(tables.getFirst()).condition())
                .put("filter", condition));
        return data.toString();
    }
}
