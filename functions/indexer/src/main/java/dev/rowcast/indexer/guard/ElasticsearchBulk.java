package dev.rowcast.indexer.guard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.indexer.bulk.BulkResult;
import dev.rowcast.indexer.bulk.BulkResult.AsOne;
import dev.rowcast.indexer.bulk.BulkResult.ByItem;
import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.elasticsearch.ElasticsearchClient;
import dev.rowcast.indexer.elasticsearch.ElasticsearchReply;
import dev.rowcast.recording.BulkIndexed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.elasticsearch.client.Request;

/// The `_bulk` API of Elasticsearch.
final class ElasticsearchBulk implements Write.Writer {

    private static final ContentType NDJSON = ContentType.create("application/x-ndjson");

    /// Errors with status 400 that are caused by the index and not by the document.
    private static final Set<String> INDEX_AT_FAULT = Set.of("index_closed_exception", "invalid_index_name_exception");

    private final ElasticsearchClient elasticsearch;

    ElasticsearchBulk(ElasticsearchClient elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    @Override
    public BulkResult send(List<Write> writes) {
        BulkIndexed event = new BulkIndexed();
        BulkResult result = switch (elasticsearch.send(request(writes))) {
            case ElasticsearchReply.Answered answered -> read(answered, writes.size());
            case ElasticsearchReply.NoAnswer none -> new AsOne(new DocumentVerdict.Temporary(none.reason()));
            case ElasticsearchReply.Untrusted server -> new AsOne(new DocumentVerdict.Misconfigured(server.reason()));
        };
        event.ended(writes.size(), result);
        return result;
    }

    private Request request(List<Write> writes) {
        Request request = new Request("POST", "/_bulk");
        // Below our own limit, so that Elasticsearch returns an error for each item of a missing shard.
        request.addParameter("timeout", elasticsearch.timeout().toMillis() / 2 + "ms");
        request.addParameter("filter_path", "items.*.status,items.*.error,items.*._seq_no");
        request.setEntity(new NByteArrayEntity(body(writes), NDJSON));
        return request;
    }

    private static byte[] body(List<Write> writes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(
                writes.stream().mapToInt(write -> write.document().size()).sum());
        try {
            for (Write write : writes) {
                write.appendTo(body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return body.toByteArray();
    }

    /// @param documents the number of documents in the request
    static BulkResult read(ElasticsearchReply.Answered answered, int documents) {
        if (!answered.isSuccess()) {
            return new AsOne(verdict(answered));
        }
        JsonNode items = answered.body().path("items");
        if (!items.isArray() || items.size() != documents) {
            return new AsOne(new DocumentVerdict.Temporary(
                    "the answer of Elasticsearch cannot be read: status %d, %d items for %d documents"
                            .formatted(answered.status(), items.size(), documents)));
        }
        return new ByItem(StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path("index"))
                .map(item -> verdict(
                        item.path("status").asInt(),
                        item.path("error"),
                        item.path("_seq_no").asLong(-1)))
                .toList());
    }

    /// A 400 without an error is from a proxy in front of Elasticsearch, so no document is at fault.
    private static DocumentVerdict verdict(ElasticsearchReply.Answered failed) {
        return failed.status() == 400 && failed.body().path("error").isMissingNode()
                ? new DocumentVerdict.Misconfigured(failed.reason())
                : verdict(failed.status(), failed.body().path("error"), -1);
    }

    private static DocumentVerdict verdict(int status, JsonNode error, long seqNo) {
        String reason = ElasticsearchReply.Answered.reason(status, error);
        return switch (status) {
            case 200, 201 -> new DocumentVerdict.Written(seqNo);
            case 409 -> new DocumentVerdict.Conflict(reason);
            case 400 ->
                INDEX_AT_FAULT.contains(error.path("type").asText())
                        ? new DocumentVerdict.Misconfigured(reason)
                        : new DocumentVerdict.Unstorable(reason);
            case 413 -> new DocumentVerdict.TooLarge(reason);
            case 401, 403, 404 -> new DocumentVerdict.Misconfigured(reason);
            default -> new DocumentVerdict.Temporary(reason);
        };
    }
}
