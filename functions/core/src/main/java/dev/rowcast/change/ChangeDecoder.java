package dev.rowcast.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Turns the bytes of a Debezium event into the change it tells of. No input makes it throw, and no input makes it use
/// more memory than a few times its own size. It is immutable and thread safe.
///
/// ```
///   bytes ──▶ document ──▶ envelope ──▶ change
///     │          │             │           └▶ Rejected: key, column
///     │          │             └▶ Skipped: tombstone, heartbeat, truncate, message   Rejected: no envelope
///     └▶ Skipped: tombstone   └▶ Rejected: not JSON, too large
/// ```
public final class ChangeDecoder {

    /// The largest body that is decoded when nothing else is said, in bytes: 10 MiB.
    public static final int DEFAULT_MAX_BYTES = 10 * 1024 * 1024;

    // No store takes a key of more digits.
    private static final int MAX_KEY_SCALE = 512;
    private static final Set<String> CLOCKS = Set.of("ts_ms", "ts_us", "ts_ns");

    private final int epoch;
    private final KeyColumns keys;
    private final int maxBytes;
    private final EventJson json;

    /// A decoder for bodies of up to [#DEFAULT_MAX_BYTES].
    ///
    /// @param epoch the epoch that all positions get, see [Position]
    /// @param keys the tables whose changes are expected, and their keys
    public ChangeDecoder(int epoch, KeyColumns keys) {
        this(epoch, keys, DEFAULT_MAX_BYTES);
    }

    /// @param epoch the epoch that all positions get, see [Position]
    /// @param keys the tables whose changes are expected, and their keys
    /// @param maxBytes the largest body that is decoded
    /// @throws IllegalArgumentException when the epoch is out of its range
    public ChangeDecoder(int epoch, KeyColumns keys, int maxBytes) {
        this.epoch = Position.floor(epoch).epoch();
        this.keys = keys;
        this.maxBytes = maxBytes;
        this.json = new EventJson(maxBytes);
    }

    /// Decodes one event.
    ///
    /// @param body a Debezium JSON event with or without its schema; empty for a tombstone
    /// @return the change, or why there is none
    public Decoded decode(byte[] body) {
        if (body.length == 0) {
            return new Skipped("tombstone");
        }
        if (body.length > maxBytes) {
            return new Rejected(
                    Reason.TOO_LARGE, "the body has " + body.length + " bytes, more than the limit of " + maxBytes);
        }
        try {
            return decode(json.read(body));
        } catch (Rejection rejection) {
            return rejection.rejected();
        }
    }

    private Decoded decode(JsonNode document) throws Rejection {
        boolean wrapped = document.has("payload") && !document.has("op");
        JsonNode payload = wrapped ? document.get("payload") : document;
        if (payload.isNull()) {
            return new Skipped("tombstone");
        }
        if (!(payload instanceof ObjectNode envelope)) {
            throw noEnvelope("expected an object, found " + Found.in(payload));
        }
        if (isHeartbeat(envelope)) {
            return new Skipped("heartbeat");
        }
        String op = envelope.path("op").asText();
        return switch (op) {
            case "t" -> new Skipped("truncate");
            case "m" -> new Skipped("message");
            default -> {
                Operation operation = Operation.ofCode(op)
                        .orElseThrow(() ->
                                noEnvelope("op is " + Found.in(envelope.path("op")) + ", not one of c, u, r, d, t, m"));
                yield change(envelope, operation, wrapped ? document.path("schema") : document.path(""));
            }
        };
    }

    /// Debezium's heartbeats hold nothing but a time.
    private static boolean isHeartbeat(ObjectNode envelope) {
        return !envelope.has("op")
                && envelope.has("ts_ms")
                && envelope.properties().stream().allMatch(field -> CLOCKS.contains(field.getKey()));
    }

    private Change change(ObjectNode envelope, Operation operation, JsonNode schema) throws Rejection {
        if (!(envelope.get("source") instanceof ObjectNode source)) {
            throw noEnvelope("source is " + Found.in(envelope.path("source")) + ", not an object");
        }
        Origin origin = SourceBlock.origin(source);
        List<String> keyColumns = keys.of(origin)
                .orElseThrow(() -> new Rejection(
                        Reason.TABLE_UNKNOWN,
                        "changes of table " + origin.qualifiedTable() + " are not expected here"));
        Position position = operation == Operation.READ ? Position.floor(epoch) : SourceBlock.position(epoch, source);
        Optional<Row> before = row(envelope, "before", schema);
        if (operation == Operation.DELETE) {
            Row deleted = before.orElseThrow(() -> noEnvelope("a delete needs the row before it"));
            return new Delete(
                    position, origin, key(deleted, keyColumns), before.filter(row -> tellsMoreThan(row, keyColumns)));
        }
        Row after = row(envelope, "after", schema)
                .orElseThrow(() -> noEnvelope("op " + operation.code() + " needs the row after it"));
        return new Upsert(
                position,
                origin,
                key(after, keyColumns),
                operation,
                after,
                before.filter(row -> tellsMoreThan(row, keyColumns)));
    }

    private static Optional<Row> row(ObjectNode envelope, String side, JsonNode schema) throws Rejection {
        JsonNode row = envelope.path(side);
        if (row.isMissingNode() || row.isNull()) {
            return Optional.empty();
        }
        if (!(row instanceof ObjectNode columns)) {
            throw noEnvelope(side + " is " + Found.in(row) + ", not an object");
        }
        return Optional.of(RowNormaliser.normalise(columns, RowNormaliser.schemaOf(schema, side)));
    }

    /// Under the default replica identity Debezium fills every column of `before` but the key with null.
    private static boolean tellsMoreThan(Row row, List<String> keyColumns) {
        return row.columns().properties().stream()
                .anyMatch(column -> !column.getValue().isNull() && !keyColumns.contains(column.getKey()));
    }

    private static Key key(Row row, List<String> columns) throws Rejection {
        List<String> values = new ArrayList<>(columns.size());
        for (String column : columns) {
            JsonNode value = row.columns().path(column);
            if (value.isMissingNode() || value.isNull()) {
                throw new Rejection(
                        Reason.KEY_MISSING,
                        "key column " + column + ": " + (value.isNull() ? "is null" : "is missing"));
            }
            if (!value.isValueNode()) {
                throw new Rejection(
                        Reason.COLUMN_UNREADABLE,
                        "key column " + column + ": expected a single value, found " + Found.in(value));
            }
            values.add(value.isBigDecimal() ? plain(column, value.decimalValue()) : value.asText());
        }
        return new Key(columns, values);
    }

    /// A key of a few bytes must not become a text of a hundred thousand.
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
