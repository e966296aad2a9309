package dev.rowcast.indexer.document;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/// One version of one document, already in the words of the `_bulk` API: an `index` action under the external version
/// of its position, so that Elasticsearch itself refuses what is older than what it has.
///
/// @param target the document this is a version of
/// @param position the version
/// @param lines the two lines of the bulk request in UTF-8, each with its line feed
@SuppressWarnings("ArrayRecordComponent") // never compared, and millions of them pass: no copies
public record Document(Target target, Position position, byte[] lines) implements Rendering {

    /// The longest `_id` that Elasticsearch takes, in bytes of UTF-8.
    public static final int MAX_ID_BYTES = 512;

    private static final JsonMapper JSON =
            new JsonMapper(new JsonFactoryBuilder().rootValueSeparator("\n").build());

    /// Which document of which index.
    ///
    /// @param index name of the index
    /// @param id the `_id`, the row's key
    public record Target(String index, String id) implements Comparable<Target> {
        private static final Comparator<Target> ORDER =
                Comparator.comparing(Target::index).thenComparing(Target::id);

        @Override
        public int compareTo(Target other) {
            return ORDER.compare(this, other);
        }
    }

    /// How much this document adds to a request, in bytes.
    public int size() {
        return lines.length;
    }

    /// Renders `source` as the version `position` of the document `id`.
    ///
    /// @return the document, or why Elasticsearch could not take it under this id
    public static Rendering of(Target target, Position position, ObjectNode source) {
        if (target.id().isEmpty()) {
            return new Unstorable("an empty key cannot be the id of a document in " + target.index());
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(target.id())) {
            return new Unstorable("a key with half a character cannot be the id of a document in " + target.index());
        }
        int idBytes = target.id().getBytes(StandardCharsets.UTF_8).length;
        if (idBytes > MAX_ID_BYTES) {
            return new Unstorable("a key of %d bytes cannot be the id of a document in %s: the limit is %d bytes"
                    .formatted(idBytes, target.index(), MAX_ID_BYTES));
        }
        try {
            return new Document(target, position, lines(target, position, source));
        } catch (JsonProcessingException e) {
            return new Unstorable("the row cannot be written as JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static byte[] lines(Target target, Position position, ObjectNode source) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(lines)) {
            json.writeStartObject();
            json.writeObjectFieldStart("index");
            json.writeStringField("_index", target.index());
            json.writeStringField("_id", target.id());
            json.writeNumberField("version", position.version());
            json.writeStringField("version_type", "external_gte");
            json.writeEndObject();
            json.writeEndObject();
            JSON.writeTree(json, source);
            json.writeRaw('\n');
        }
        return lines.toByteArray();
    }
}
