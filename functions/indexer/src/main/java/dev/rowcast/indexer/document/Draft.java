package dev.rowcast.indexer.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// One version of a document before it is rendered for the columns that the index maps.
///
/// @param target the index and id of the document
/// @param position the position of the change; orders the versions of the document
/// @param changedAt the time of the change in the source; empty if the event's time is not from the source
/// @param row the state of the row; empty for a case
/// @param columns the columns of the row, or the fields of a case; shared, must not be changed
/// @param facts the object `rowcast`; shared, must not be changed
public record Draft(
        Target target,
        Position position,
        Optional<Instant> changedAt,
        Optional<RowState> row,
        ObjectNode columns,
        ObjectNode facts) {

    /// The state of a row.
    ///
    /// @param deleted true if the row counts as deleted
    /// @param key the key columns only
    public record RowState(boolean deleted, ObjectNode key) {}

    private static final String LEFT_OUT = "left_out";

    /// This version under another address.
    ///
    /// @param address the address
    /// @param without names of columns that it leaves out
    Draft at(Target address, Set<String> without) {
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        left.setAll(columns);
        left.remove(without);
        return new Draft(address, position, changedAt, row, left, facts);
    }

    /// This version with the key only, and with the names of the other columns in `rowcast.left_out`.
    ///
    /// @return the smaller version; empty if the row is not deleted, or has only its key already
    public Optional<Draft> withKeyOnly() {
        return row.filter(RowState::deleted).filter(_ -> !facts.has(LEFT_OUT)).map(deleted -> {
            ObjectNode smaller = facts.deepCopy();
            ArrayNode leftOut = smaller.putArray(LEFT_OUT);
            columns.fieldNames().forEachRemaining(name -> {
                if (!deleted.key().has(name)) {
                    leftOut.add(name);
                }
            });
            return new Draft(target, position, changedAt, row, deleted.key(), smaller);
        });
    }
}
