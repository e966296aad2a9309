package dev.rowcast.indexer.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import java.time.Instant;
import java.util.Optional;

/// Drafts without an event behind them.
public final class Drafts {

    private Drafts() {}

    /// A row that is there.
    public static Draft row(String index, String id, Position position, ObjectNode columns) {
        return draft(index, id, position, Optional.empty(), false, columns);
    }

    /// A row that is there, changed at that time.
    public static Draft row(String index, String id, Position position, Instant changedAt, ObjectNode columns) {
        return draft(index, id, position, Optional.of(changedAt), false, columns);
    }

    /// A row that was deleted.
    public static Draft deleted(String index, String id, Position position, ObjectNode columns) {
        return draft(index, id, position, Optional.empty(), true, columns);
    }

    private static Draft draft(
            String index,
            String id,
            Position position,
            Optional<Instant> changedAt,
            boolean deleted,
            ObjectNode columns) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("epoch", position.epoch()).put("commit", position.commit()).put("lsn", position.lsn());
        changedAt.ifPresent(time -> facts.put("timestamp", time.toString()));
        ObjectNode key = JsonNodeFactory.instance.objectNode().put("customerid", id);
        return new Draft(
                new Target(index, id),
                position,
                changedAt,
                Optional.of(new Draft.RowState(deleted, key)),
                columns,
                facts);
    }
}
