package dev.rowcast.indexer.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.indexer.bulk.BulkAnswer.AsOne;
import dev.rowcast.indexer.bulk.BulkAnswer.ByItem;
import dev.rowcast.indexer.elasticsearch.Elasticsearch;
import dev.rowcast.indexer.elasticsearch.Reply;
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

    /// Errors with status 400 that lie with the index and not with the document.
    private static final Set<String> INDEX_AT_FAULT = Set.of("index_closed_exception", "invalid_index_name_exception");

    private final Elasticsearch elasticsearch;

    /// Sends its requests through `elasticsearch`.
    ElasticsearchBulk(Elasticsearch elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    @Override
    public BulkAnswer send(List<Write> writes) {
        return switch (elasticsearch.send(request(writes))) {
            case Reply.Answered answered -> read(answered, writes.size());
            case Reply.NoAnswer none -> new AsOne(new Verdict.Away(none.reason()));
        };
    }

    private Request request(List<Write> writes) {
        Request request = new Request("POST", "/_bulk");
        // Elasticsearch waits this long for a shard that is away and then says so for each item: before our own limit.
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

    /// @param documents how many documents the request carried
    static BulkAnswer read(Reply.Answered answered, int documents) {
        if (!answered.isSuccess()) {
            return new AsOne(verdict(answered));
        }
        JsonNode items = answered.body().path("items");
        if (!items.isArray() || items.size() != documents) {
            return new AsOne(new Verdict.Away(
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

    /// A 400 without a word is not Elasticsearch but something before it that does not understand us: no document is
    /// at fault.
    private static Verdict verdict(Reply.Answered failed) {
        return failed.status() == 400 && failed.body().path("error").isMissingNode()
                ? new Verdict.Misconfigured(failed.reason())
                : verdict(failed.status(), failed.body().path("error"), -1);
    }

    private static Verdict verdict(int status, JsonNode error, long seqNo) {
        String reason = Reply.Answered.reason(status, error);
        return switch (status) {
            case 200, 201 -> new Verdict.Written(seqNo);
            case 409 -> new Verdict.Conflict(reason);
            case 400 ->
                INDEX_AT_FAULT.contains(error.path("type").asText())
                        ? new Verdict.Misconfigured(reason)
                        : new Verdict.Unstorable(reason);
            case 413 -> new Verdict.TooLarge(reason);
            case 401, 403, 404 -> new Verdict.Misconfigured(reason);
            default -> new Verdict.Away(reason);
        };
    }
}
