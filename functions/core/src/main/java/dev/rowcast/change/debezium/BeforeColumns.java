package dev.rowcast.change.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the row before a change, and each of its columns, in a body that cannot be parsed as a whole. A
/// column of that row that is too deep or has a number that is too long must not stop a delete. Reads no
/// values and builds no tree.
final class BeforeColumns {

    // More than any row of Postgres has, and little memory compared with the body itself.
    private static final int MAX_COLUMNS = 10_000;
    private static final int MAX_TOKENS = 300_000;
    private static final int MAX_DEPTH = 10_000;
    private static final int MAX_NAME_CHARACTERS = 10_000;
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /// The bytes of a column's value.
    ///
    /// @param from index of its first byte
    /// @param to index after its last byte
    record Column(String name, int from, int to) {}

    /// The bytes of the row.
    ///
    /// @param isInPayload whether the event is wrapped with its schema
    /// @param from index of its first byte
    /// @param to index after its last byte
    record BeforeRow(boolean isInPayload, int from, int to, List<Column> columns) {

        /// The body with `null` instead of the row.
        byte[] cutOutOf(byte[] body) {
            byte[] rest = new byte[from + NULL.length + body.length - to];
            System.arraycopy(body, 0, rest, 0, from);
            System.arraycopy(NULL, 0, rest, from, NULL.length);
            System.arraycopy(body, to, rest, from + NULL.length, body.length - to);
            return rest;
        }
    }

    private final StreamReadConstraints limits;

    /// @param maxBytes the largest body
    BeforeColumns(int maxBytes) {
        limits = StreamReadConstraints.builder()
                .maxDocumentLength(maxBytes)
                .maxStringLength(maxBytes)
                .maxNumberLength(maxBytes)
                .maxNameLength(MAX_NAME_CHARACTERS)
                .maxTokenCount(MAX_TOKENS)
                .maxNestingDepth(MAX_DEPTH)
                .build();
    }

    /// The row before the change; empty if the body has none, is not JSON, or is not UTF-8.
    Optional<BeforeRow> find(byte[] body) {
        // A factory caches names, which may be long: each body gets its own.
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(limits)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        try (JsonParser parser = factory.createParser(body)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? find(parser, false) : Optional.empty();
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    private static Optional<BeforeRow> find(JsonParser parser, boolean isInPayload) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            if (isObject && name.equals("before")) {
                return row(parser, isInPayload);
            }
            if (isObject && name.equals("payload") && !isInPayload) {
                return find(parser, true);
            }
            parser.skipChildren();
        }
        return Optional.empty();
    }

    private static Optional<BeforeRow> row(JsonParser parser, boolean isInPayload) throws IOException {
        int from = start(parser);
        List<Column> columns = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            int start = start(parser);
            parser.skipChildren();
            parser.finishToken();
            columns.add(new Column(name, start, end(parser)));
            if (columns.size() > MAX_COLUMNS) {
                return Optional.empty();
            }
        }
        // A parser of characters has no byte offsets.
        return from < 0 ? Optional.empty() : Optional.of(new BeforeRow(isInPayload, from, end(parser), columns));
    }

    private static int start(JsonParser parser) {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    private static int end(JsonParser parser) {
        return Math.toIntExact(parser.currentLocation().getByteOffset());
    }
}
