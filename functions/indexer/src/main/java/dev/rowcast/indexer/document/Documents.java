package dev.rowcast.indexer.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.Key;
import dev.rowcast.change.Position;
import dev.rowcast.change.Row;
import dev.rowcast.change.Upsert;
import dev.rowcast.indexer.event.CaseTurn;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Makes the document of a change or of a case. That of a change: the row's columns as they are, `deleted`, and an
/// object `rowcast` that says which
/// change it shows.
///
///     { "customerid": "2718-YSKCS", "tenure": 1, …, "deleted": false,
///       "rowcast": { "epoch": 0, "commit": 26715000, "lsn": 26715648, "operation": "u", "timestamp": "…",
///                    "indexed_at": "…" } }
///
/// A deleted row stays a document: with its last known columns, or its key where the event knows no more, and
/// `deleted: true`. A table that has a boolean column `deleted` of its own decides by it whether a row that is still
/// there counts as deleted.
public final class Documents {

    private static final String DELETED = "deleted";
    private static final String ROWCAST = "rowcast";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Tables tables;
    private final InstantSource clock;

    /// @param clock tells `rowcast.indexed_at`
    public Documents(Tables tables, InstantSource clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /// The document of `change`, or why there can be none.
    public Rendering of(Change change) {
        Tables.Table table = tables.of(change.origin());
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.setAll(columns(change));
        if (source.has(ROWCAST)) {
            return new Unstorable("column %s of table %s takes the name of what the indexer adds"
                    .formatted(ROWCAST, change.origin().qualifiedTable()));
        }
        for (String column : table.json()) {
            try {
                parseText(source, column);
            } catch (JsonProcessingException e) {
                return noJson(change, column, e.getOriginalMessage());
            } catch (IllegalArgumentException | ArithmeticException | IllegalStateException e) {
                // Jackson lets exceptions of the JDK through, such as for a number whose exponent has eleven digits.
                return noJson(change, column, e.getMessage());
            }
        }
        markDeleted(source, change);
        source.set(
                ROWCAST,
                facts(
                        change.position(),
                        change.operation().code(),
                        change.origin().timestamp().toString()));
        return Document.of(new Document.Target(table.index(), change.key().id()), change.position(), source);
    }

    private static Unstorable noJson(Change change, String column, String why) {
        return new Unstorable("column %s of table %s should hold JSON: %s"
                .formatted(column, change.origin().qualifiedTable(), why));
    }

    /// The document of a case as `turn` left it: what the event says of it, and an object `rowcast` as every document
    /// has
    /// it.
    public Rendering of(CaseTurn turn) {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.setAll(turn.facts());
        source.set(ROWCAST, facts(turn.position(), turn.turn(), turn.time()));
        return Document.of(new Document.Target(tables.casesIndex(), turn.customer()), turn.position(), source);
    }

    private static ObjectNode columns(Change change) {
        return switch (change) {
            case Upsert upsert -> upsert.after().columns();
            case Delete delete -> delete.before().map(Row::columns).orElseGet(() -> columns(delete.key()));
        };
    }

    private static ObjectNode columns(Key key) {
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < key.columns().size(); i++) {
            columns.put(key.columns().get(i), key.values().get(i));
        }
        return columns;
    }

    private static void parseText(ObjectNode source, String column) throws JsonProcessingException {
        JsonNode value = source.path(column);
        if (value.isTextual()) {
            source.set(column, JSON.readTree(value.textValue()));
        }
    }

    private static void markDeleted(ObjectNode source, Change change) {
        switch (change) {
            case Delete _ -> source.put(DELETED, true);
            case Upsert _ -> {
                if (!source.hasNonNull(DELETED)) {
                    source.put(DELETED, false);
                }
            }
        }
    }

    private ObjectNode facts(Position position, String operation, String time) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("epoch", position.epoch());
        facts.put("commit", position.commit());
        facts.put("lsn", position.lsn());
        facts.put("operation", operation);
        facts.put("timestamp", time);
        facts.put("indexed_at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        return facts;
    }
}
