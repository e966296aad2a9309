package dev.rowcast.indexer.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import java.time.Instant;
import java.util.Optional;

/// One version of one document, before it is known which of its columns the index maps.
///
/// @param target the document this is a version of
/// @param position its place in the order of the document's versions
/// @param changedAt when the source made the change; empty when the event's time does not come from the source
/// @param row what a row's document says beside its columns; empty for a case
/// @param columns the columns, or the facts of a case; shared, so nobody changes it
/// @param facts the object `rowcast`; shared, so nobody changes it
public record Draft(
        Target target,
        Position position,
        Optional<Instant> changedAt,
        Optional<RowState> row,
        ObjectNode columns,
        ObjectNode facts) {

    /// What is known of a row.
    ///
    /// @param deleted whether it counts as deleted
    /// @param key its key columns alone
    public record RowState(boolean deleted, ObjectNode key) {}

    private static final String LEFT_OUT = "left_out";

    /// This version with nothing of the row but its key, and with the names of the other columns in `rowcast.left_out`.
    /// Nothing when the row is not deleted: then every column matters.
    ///
    /// @return the smaller version, or nothing when there is none
    public Optional<Draft> withKeyOnly() {
        return row.filter(RowState::deleted).filter(_ -> !facts.has(LEFT_OUT)).map(deleted -> {
            ObjectNode said = facts.deepCopy();
            ArrayNode leftOut = said.putArray(LEFT_OUT);
            columns.fieldNames().forEachRemaining(name -> {
                if (!deleted.key().has(name)) {
                    leftOut.add(name);
                }
            });
            return new Draft(target, position, changedAt, row, deleted.key(), said);
        });
    }
}
