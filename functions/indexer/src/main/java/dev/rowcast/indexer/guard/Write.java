package dev.rowcast.indexer.guard;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.indexer.bulk.BulkResult;
import dev.rowcast.indexer.document.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// A conditional write of a document.
///
/// @param document the document
/// @param condition the condition under which it is written
record Write(Document document, Condition condition) {

    private static final JsonMapper JSON = new JsonMapper();

    /// The condition under which a document is written. If it is not met, the answer is a conflict.
    sealed interface Condition {}

    /// The document does not exist, or has a lower version than the position, which becomes its version.
    record HigherVersion() implements Condition {}

    /// The document was not written since it was read. Its version is raised by one.
    ///
    /// @param seqNo the `_seq_no` that was read
    /// @param primaryTerm the `_primary_term` that was read
    record Unchanged(long seqNo, long primaryTerm) implements Condition {}

    /// Sends conditional writes in one request.
    @FunctionalInterface
    interface Writer {

        /// Sends `writes`, at most one of each target, in one request; blocks until it is answered.
        ///
        /// @return one verdict for each, or one for all; also if Elasticsearch could not be reached
        BulkResult send(List<Write> writes);
    }

    /// Appends the two lines of the `_bulk` API, each with its line feed.
    void appendTo(ByteArrayOutputStream body) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeObjectFieldStart("index");
            json.writeStringField("_index", document.target().index());
            json.writeStringField("_id", document.target().id());
            switch (condition) {
                case HigherVersion _ -> {
                    json.writeNumberField("version", document.position().version());
                    json.writeStringField("version_type", "external");
                }
                case Unchanged(long seqNo, long primaryTerm) -> {
                    json.writeNumberField("if_seq_no", seqNo);
                    json.writeNumberField("if_primary_term", primaryTerm);
                }
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        body.writeBytes(document.source());
    }
}
