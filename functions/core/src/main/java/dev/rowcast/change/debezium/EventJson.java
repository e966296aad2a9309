package dev.rowcast.change.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Parses a body as one JSON document within limits on its memory. Decimals keep every digit.
final class EventJson {

    // A row of 1,600 columns (the most Postgres has), before and after, with its schema, is about 60,000 tokens.
    private static final int MAX_TOKENS = 100_000;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME_CHARACTERS = 1_000;
    private static final int MAX_NUMBER_CHARACTERS = 1_000;

    private final ObjectReader reader;
    private final BeforeColumns before;

    /// @param maxBytes the maximum size of a body
    EventJson(int maxBytes) {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxDocumentLength(maxBytes)
                .maxStringLength(maxBytes)
                .maxTokenCount(MAX_TOKENS)
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(MAX_NAME_CHARACTERS)
                .maxNumberLength(MAX_NUMBER_CHARACTERS)
                .build();
        // The sender chooses the names: interning them would fill a table that is never freed.
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(limits)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        reader = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .readerFor(JsonNode.class);
        before = new BeforeColumns(maxBytes);
    }

    /// Parses a body. If only the row before the change breaks the limits, its readable columns are kept.
    EventDocument read(byte[] body) throws Rejection {
        try {
            return new EventDocument(read(body, 0, body.length), new LinkedHashMap<>());
        } catch (Rejection fault) {
            BeforeColumns.BeforeRow found = before.find(body).orElseThrow(() -> fault);
            return readApart(body, found);
        }
    }

    private EventDocument readApart(byte[] body, BeforeColumns.BeforeRow found) throws Rejection {
        byte[] rest = found.cutOutOf(body);
        JsonNode document = read(rest, 0, rest.length);
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        SequencedMap<String, Rejected> leftOut = new LinkedHashMap<>();
        for (BeforeColumns.Column column : found.columns()) {
            try {
                if (row.has(column.name()) || leftOut.containsKey(column.name())) {
                    row.remove(column.name());
                    throw new Rejection(Reason.NOT_JSON, "it occurs twice");
                }
                row.set(column.name(), read(body, column.from(), column.to() - column.from()));
            } catch (Rejection fault) {
                leftOut.put(
                        column.name(),
                        new Rejected(Reason.COLUMN_UNREADABLE, "column " + column.name() + ": " + fault.getMessage()));
            }
        }
        ObjectNode envelope = (ObjectNode) (found.isInPayload() ? document.path("payload") : document);
        envelope.set("before", row);
        return new EventDocument(document, leftOut);
    }

    private JsonNode read(byte[] body, int from, int length) throws Rejection {
        try {
            JsonNode document = reader.readTree(body, from, length);
            if (document.isMissingNode()) {
                throw new Rejection(Reason.NOT_JSON, "the body is blank");
            }
            return document;
        } catch (StreamConstraintsException tooLarge) {
            throw new Rejection(Reason.TOO_LARGE, "the body is too large: " + tooLarge.getOriginalMessage());
        } catch (JsonProcessingException notJson) {
            throw new Rejection(Reason.NOT_JSON, "the body is not JSON: " + notJson.getOriginalMessage());
        } catch (IOException | IllegalArgumentException | ArithmeticException | IllegalStateException unreadable) {
            // Jackson does not wrap exceptions of the JDK, such as for a number with an exponent of eleven digits.
            throw new Rejection(Reason.NOT_JSON, "the body is not JSON: " + unreadable.getMessage());
        }
    }
}
