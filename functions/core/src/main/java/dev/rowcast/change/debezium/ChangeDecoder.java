package dev.rowcast.change.debezium;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.Key;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.Operation;
import dev.rowcast.change.Origin;
import dev.rowcast.change.Position;
import dev.rowcast.change.Row;
import dev.rowcast.change.ShortJson;
import dev.rowcast.change.Upsert;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Decodes the bytes of a Debezium event into a change. No input makes it throw, or use more memory than a
/// few times the input's size. Immutable and thread safe.
///
/// ```
///   bytes ──▶ document ──▶ envelope ──▶ change
///     │          │             │           └▶ Rejected: key, column
///     │          │             └▶ Skipped: tombstone, heartbeat, truncate, message; Rejected: no envelope
///     └▶ Skipped: tombstone   └▶ Rejected: not JSON, too large
/// ```
public final class ChangeDecoder {

    /// The default limit for the size of a body: 10 MiB.
    public static final int DEFAULT_MAX_BYTES = 10 * 1024 * 1024;

    // No store accepts a key with more digits.
    private static final int MAX_KEY_SCALE = 512;
    private static final Set<String> CLOCKS = Set.of("ts_ms", "ts_us", "ts_ns");

    private final int epoch;
    private final KeyColumns keys;
    private final NeededColumns needed;
    private final int maxBytes;
    private final EventJson json;

    /// A decoder for bodies of up to [#DEFAULT_MAX_BYTES] that needs all columns of the row after a change.
    ///
    /// @param epoch the epoch of all positions, see [Position]
    /// @param keys the expected tables and their keys
    public ChangeDecoder(int epoch, KeyColumns keys) {
        this(epoch, keys, NeededColumns.ALL);
    }

    /// A decoder for bodies of up to [#DEFAULT_MAX_BYTES].
    ///
    /// @param epoch the epoch of all positions, see [Position]
    /// @param keys the expected tables and their keys
    /// @param needed the columns of the row after a change that must be readable; of the row before it,
    ///     only the key of a deleted row is needed
    public ChangeDecoder(int epoch, KeyColumns keys, NeededColumns needed) {
        this(epoch, keys, needed, DEFAULT_MAX_BYTES);
    }

    /// A decoder that needs all columns of the row after a change.
    ///
    /// @param epoch the epoch of all positions, see [Position]
    /// @param keys the expected tables and their keys
    /// @param maxBytes the maximum size of a body
    public ChangeDecoder(int epoch, KeyColumns keys, int maxBytes) {
        this(epoch, keys, NeededColumns.ALL, maxBytes);
    }

    /// @param epoch the epoch of all positions, see [Position]
    /// @param keys the expected tables and their keys
    /// @param needed the columns of the row after a change that must be readable
    /// @param maxBytes the maximum size of a body
    /// @throws IllegalArgumentException if the epoch is out of range
    public ChangeDecoder(int epoch, KeyColumns keys, NeededColumns needed, int maxBytes) {
        this.epoch = Position.floor(epoch).epoch();
        this.keys = keys;
        this.needed = needed;
        this.maxBytes = maxBytes;
        this.json = new EventJson(maxBytes);
    }

    /// Decodes one event.
    ///
    /// @param body a Debezium JSON event with or without its schema; empty for a tombstone
    /// @return the change, or the outcome that ends the path
    public Step<Change> decode(byte[] body) {
        if (body.length == 0) {
            return Step.end(new Skipped("tombstone"));
        }
        if (body.length > maxBytes) {
            return Step.reject(
                    Reason.TOO_LARGE, "the body has " + body.length + " bytes, more than the limit of " + maxBytes);
        }
        try {
            return decode(json.read(body));
        } catch (Rejection rejection) {
            return Step.end(rejection.rejected());
        }
    }

    private Step<Change> decode(EventDocument event) throws Rejection {
        JsonNode document = event.root();
        boolean wrapped = document.has("payload") && !document.has("op");
        JsonNode payload = wrapped ? document.get("payload") : document;
        if (payload.isNull()) {
            return Step.end(new Skipped("tombstone"));
        }
        if (!(payload instanceof ObjectNode envelope)) {
            throw noEnvelope("expected an object, found " + ShortJson.of(payload));
        }
        if (isHeartbeat(envelope)) {
            return Step.end(new Skipped("heartbeat"));
        }
        String op = envelope.path("op").asText();
        return switch (op) {
            case "t" -> Step.end(new Skipped("truncate"));
            case "m" -> Step.end(new Skipped("message"));
            default -> {
                Operation operation = Operation.ofCode(op)
                        .orElseThrow(() -> noEnvelope(
                                "op is " + ShortJson.of(envelope.path("op")) + ", not one of c, u, r, d, t, m"));
                JsonNode schema = wrapped ? document.path("schema") : document.path("");
                yield Step.next(change(envelope, operation, schema, event.leftOutOfBefore()));
            }
        };
    }

    /// A heartbeat of Debezium has only a time.
    private static boolean isHeartbeat(ObjectNode envelope) {
        return !envelope.has("op")
                && envelope.has("ts_ms")
                && envelope.properties().stream().allMatch(field -> CLOCKS.contains(field.getKey()));
    }

    private Change change(
            ObjectNode envelope, Operation operation, JsonNode schema, SequencedMap<String, Rejected> leftOutOfBefore)
            throws Rejection {
        if (!(envelope.get("source") instanceof ObjectNode source)) {
            throw noEnvelope("source is " + ShortJson.of(envelope.path("source")) + ", not an object");
        }
        Origin origin = SourceBlock.origin(source);
        List<String> keyColumns = keys.of(origin)
                .orElseThrow(() -> new Rejection(
                        Reason.TABLE_UNKNOWN,
                        "changes of table " + origin.qualifiedTable() + " are not expected here"));
        Position position = operation == Operation.READ ? Position.floor(epoch) : SourceBlock.position(epoch, source);
        Optional<Row> before = before(envelope, schema, leftOutOfBefore);
        if (operation == Operation.DELETE) {
            Row deleted = before.orElseThrow(() -> noEnvelope("a delete needs the row before it"));
            return new Delete(
                    position, origin, key(deleted, keyColumns), before.filter(row -> row.hasMoreThan(keyColumns)));
        }
        Row after = after(envelope, operation, schema, PlaceholderRule.after(operation, before, keyColumns));
        Key key = key(after, keyColumns);
        for (Map.Entry<String, Rejected> unreadable : after.leftOut().entrySet()) {
            if (needed.contains(origin, after, unreadable.getKey())) {
                throw new Rejection(unreadable.getValue());
            }
        }
        return new Upsert(position, origin, key, operation, after, before.filter(row -> row.hasMoreThan(keyColumns)));
    }

    /// The row before a change is optional: its unreadable columns are omitted.
    private static Optional<Row> before(ObjectNode envelope, JsonNode schema, SequencedMap<String, Rejected> leftOut) {
        JsonNode row = envelope.path("before");
        if (row.isMissingNode() || row.isNull()) {
            return Optional.empty();
        }
        if (row instanceof ObjectNode columns) {
            return Optional.of(RowNormaliser.normalise(
                    columns, RowNormaliser.schemaOf(schema, "before"), PlaceholderRule.NONE, leftOut));
        }
        SequencedMap<String, Rejected> all = new LinkedHashMap<>();
        all.put(
                "before",
                noEnvelope("before is " + ShortJson.of(row) + ", not an object").rejected());
        return Optional.of(new Row(JsonNodeFactory.instance.objectNode(), all));
    }

    private static Row after(ObjectNode envelope, Operation operation, JsonNode schema, PlaceholderRule unchanged)
            throws Rejection {
        JsonNode row = envelope.path("after");
        if (row.isMissingNode() || row.isNull()) {
            throw noEnvelope("op " + operation.code() + " needs the row after it");
        }
        if (!(row instanceof ObjectNode columns)) {
            throw noEnvelope("after is " + ShortJson.of(row) + ", not an object");
        }
        return RowNormaliser.normalise(
                columns, RowNormaliser.schemaOf(schema, "after"), unchanged, Collections.emptyNavigableMap());
    }

    private static Key key(Row row, List<String> columns) throws Rejection {
        List<String> values = new ArrayList<>(columns.size());
        for (String column : columns) {
            Rejected unreadable = row.leftOut().get(column);
            if (unreadable != null) {
                throw new Rejection(unreadable.reason(), "key " + unreadable.message());
            }
            JsonNode value = row.columns().path(column);
            if (value.isMissingNode() || value.isNull()) {
                throw new Rejection(
                        Reason.KEY_MISSING,
                        "key column " + column + ": " + (value.isNull() ? "is null" : "is missing"));
            }
            if (!value.isValueNode()) {
                throw new Rejection(
                        Reason.COLUMN_UNREADABLE,
                        "key column " + column + ": expected a single value, found " + ShortJson.of(value));
            }
            values.add(value.isBigDecimal() ? plain(column, value.decimalValue()) : value.asText());
        }
        return new Key(columns, values);
    }

    /// A key of a few bytes must not become a text of a hundred thousand characters.
    private static String plain(String column, BigDecimal value) throws Rejection {
        if (Math.abs((long) value.scale()) > MAX_KEY_SCALE) {
            throw new Rejection(
                    Reason.COLUMN_UNREADABLE, "key column " + column + ": " + value + " is too long to be a key");
        }
        return value.toPlainString();
    }

    private static Rejection noEnvelope(String fault) {
        return new Rejection(Reason.NO_ENVELOPE, "not a change event of Debezium: " + fault);
    }
}
