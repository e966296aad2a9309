package dev.rowcast.indexer.guard;

import dev.rowcast.indexer.bulk.BulkResult;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.indexer.document.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// A document and the condition under which it is written.
///
/// @param document what is written
/// @param condition when
record Write(Document document, Condition condition) {

    private static final JsonMapper JSON = new JsonMapper();

    /// When a document is written. Otherwise nothing is, and the answer is a conflict.
    sealed interface Condition {}

    /// There is none, or its version is lower than that of the document's position. The position becomes the version.
    record HigherVersion() implements Condition {}

    /// It was not written since it was read. Its version is raised by one.
    ///
    /// @param seqNo its `_seq_no` then
    /// @param primaryTerm its `_primary_term` then
    record Unchanged(long seqNo, long primaryTerm) implements Condition {}

    /// Writes documents together, each under its condition.
    @FunctionalInterface
    interface Writer {

        /// Sends `writes`, at most one of each target, in one request; blocks until the answer is there.
        ///
        /// @return one verdict for each, or one for all; an answer too for what could not be reached
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
