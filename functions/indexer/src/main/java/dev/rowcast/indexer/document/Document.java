package dev.rowcast.indexer.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.change.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/// One version of a document, rendered for its index.
///
/// @param target the index and id of the document
/// @param position the position of the change; orders the versions of the document
/// @param changedAt the time of the change in the source; empty if the event's time is not from the source
/// @param source the `_source` as one line of JSON in UTF-8, with its line feed
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of each would cost too much
public record Document(Target target, Position position, Optional<Instant> changedAt, byte[] source) {

    /// Maximum size of an action line without index and id, in bytes.
    private static final int ACTION = 128;

    private static final JsonMapper JSON = new JsonMapper();

    /// The bytes that this document adds to a request. The size of the action line is an estimate.
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
