package dev.rowcast.indexer.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.Key;
import dev.rowcast.change.Operation;
import dev.rowcast.change.Position;
import dev.rowcast.change.Row;
import dev.rowcast.change.Upsert;
import dev.rowcast.indexer.event.CaseUpdate;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Step;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Creates the draft of the document of a change or of a case. The document of a change has the
/// row's columns unchanged, `deleted`, and an object `rowcast` that identifies the change. [Layout]
/// decides where each column is stored.
///
///     { "customerid": "2718-YSKCS", "tenure": 1, …, "deleted": false,
///       "rowcast": { "epoch": 0, "commit": 26715400, "lsn": 26715648, "operation": "u", "timestamp": "…",
///                    "indexed_at": "…" } }
///
/// A deleted row keeps its document, with `deleted: true` and its last columns, or only its key if the
/// event has no more. If a table has a boolean column `deleted` of its own, that column decides for rows
/// that still exist. Only the key of a deleted row can make its document unstorable.
///
/// @param tables the tables whose changes are indexed
/// @param clock gives `rowcast.indexed_at`
public record Documents(IndexedTables tables, InstantSource clock) {

    private static final String OPERATION = "operation";

    /// The draft of `change`, or a rejection.
    public Step<Draft> of(Change change) {
        IndexedTables.Table table = tables.of(change.origin());
        Target target = new Target(table.index(), change.key().id());
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        columns.setAll(columns(change));
        Optional<String> problem = target.problem();
        Optional<JsonColumns.InvalidJson> invalid = new JsonColumns(table.json()).parseIn(columns);
        if (change instanceof Upsert && problem.isEmpty()) {
            problem = invalid.map(found -> "column %s of table %s must be JSON: %s"
                    .formatted(found.column(), change.origin().qualifiedTable(), found.problem()));
        }
        if (problem.isPresent()) {
            return Step.reject(Reason.NOT_STORABLE, problem.get());
        }
        ObjectNode facts = facts(
                change.position(),
                change.operation().code(),
                change.origin().timestamp().toString());
        return Step.next(new Draft(
                target,
                change.position(),
                Optional.of(change.origin().timestamp()),
                Optional.of(new Draft.RowState(isDeleted(change, columns), key(change.key()))),
                columns,
                facts));
    }

    /// The draft of the point that a change adds to the history of its table: the same document under an id that names
    /// its position too. So a redelivery is the same point, and no later change replaces it. A deleted row, and a
    /// read of a snapshot, which repeats a state, add no point.
    ///
    /// @param draft a draft of [#of(Change)]
    /// @return the point; empty if the table has no history
    public Optional<Draft> pointOf(Draft draft) {
        boolean isState = draft.row().filter(row -> !row.deleted()).isPresent()
                && !draft.facts().path(OPERATION).asText().equals(Operation.READ.code());
        return isState
                ? tables.ofIndex(draft.target().index())
                        .flatMap(table -> table.history()
                                .map(index -> draft.at(draft.target().pointIn(index, draft.position()), table.json())))
                : Optional.empty();
    }

    /// The draft of a case: the fields of the event, and an object `rowcast`.
    public Step<Draft> of(CaseUpdate update) {
        Target target =
                new Target(tables.casesIndex(update.action()), update.key().id());
        return target.problem()
                .map(problem -> Step.<Draft>reject(Reason.NOT_STORABLE, problem))
                .orElseGet(() -> Step.next(new Draft(
                        target,
                        update.position(),
                        Optional.empty(),
                        Optional.empty(),
                        update.facts(),
                        facts(update.position(), update.event(), update.time()))));
    }

    private static ObjectNode columns(Change change) {
        return switch (change) {
            case Upsert upsert -> upsert.after().columns();
            case Delete delete -> delete.before().map(Row::columns).orElseGet(() -> key(delete.key()));
        };
    }

    private static ObjectNode key(Key key) {
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < key.columns().size(); i++) {
            columns.put(key.columns().get(i), key.values().get(i));
        }
        return columns;
    }

    private static boolean isDeleted(Change change, ObjectNode columns) {
        JsonNode ownColumn = columns.path(Layout.DELETED);
        return switch (change) {
            case Delete _ -> true;
            case Upsert _ -> ownColumn.isBoolean() && ownColumn.booleanValue();
        };
    }

    private ObjectNode facts(Position position, String operation, String time) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("epoch", position.epoch());
        facts.put("commit", position.commit());
        facts.put("lsn", position.lsn());
        facts.put(OPERATION, operation);
        facts.put("timestamp", time);
        facts.put("indexed_at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        return facts;
    }
}
