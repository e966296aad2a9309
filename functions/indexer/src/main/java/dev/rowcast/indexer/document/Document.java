package dev.rowcast.indexer.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.change.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/// One version of one document, as its index takes it.
///
/// @param target the document this is a version of
/// @param position its place in the order of the document's versions
/// @param changedAt when the source made the change; empty when the event's time does not come from the source
/// @param source the `_source` as one line of JSON in UTF-8, with its line feed
@SuppressWarnings("ArrayRecordComponent") // never compared, and millions of them pass: no copies
public record Document(Target target, Position position, Optional<Instant> changedAt, byte[] source) {

    /// The bytes of an action line without index and id, at most.
    private static final int ACTION = 128;

    private static final JsonMapper JSON = new JsonMapper();

    /// How much this document adds to a request, in bytes. The line of its action is estimated.
    public int size() {
        return source.length + target.index().length() + target.id().length() + ACTION;
    }

    /// Renders `draft` for an index that maps the columns of `layout`.
    public static Document of(Draft draft, Layout layout) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            JSON.writeTree(json, layout.source(draft));
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return new Document(draft.target(), draft.position(), draft.changedAt(), line.toByteArray());
    }
}
