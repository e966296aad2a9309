package dev.rowcast.indexer.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.bulk.StoredVersion;
import dev.rowcast.indexer.document.Target;
import dev.rowcast.indexer.elasticsearch.ElasticsearchClient;
import dev.rowcast.indexer.elasticsearch.ElasticsearchReply;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.elasticsearch.client.Request;

/// The `_mget` API of Elasticsearch, which reads the last write of a document also before a refresh.
final class ElasticsearchDocuments implements StoredDocuments {

    private static final String SOURCE_FIELDS = "rowcast.epoch,rowcast.commit,rowcast.lsn,rowcast.timestamp";
    private static final String ANSWER_FIELDS =
            "docs.found,docs._version,docs._seq_no,docs._primary_term,docs._source,docs.error";

    private final ElasticsearchClient elasticsearch;

    ElasticsearchDocuments(ElasticsearchClient elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    @Override
    public List<Lookup> read(List<Target> targets) {
        return switch (elasticsearch.send(request(targets))) {
            case ElasticsearchReply.Answered answered -> read(answered, targets.size());
            case ElasticsearchReply.NoAnswer none -> all(targets.size(), new DocumentVerdict.Temporary(none.reason()));
            case ElasticsearchReply.Untrusted server ->
                all(targets.size(), new DocumentVerdict.Misconfigured(server.reason()));
        };
    }

    private static Request request(List<Target> targets) {
        Request request = new Request("POST", "/_mget");
        request.addParameter("_source_includes", SOURCE_FIELDS);
        request.addParameter("filter_path", ANSWER_FIELDS);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode docs = body.putArray("docs");
        targets.forEach(target -> docs.addObject().put("_index", target.index()).put("_id", target.id()));
        request.setEntity(
                new NByteArrayEntity(body.toString().getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
        return request;
    }

    /// @param targets the number of documents in the request
    static List<Lookup> read(ElasticsearchReply.Answered answered, int targets) {
        if (!answered.isSuccess()) {
            return all(targets, failed(answered.status(), answered.reason()));
        }
        JsonNode docs = answered.body().path("docs");
        if (docs.size() != targets) {
            return all(
                    targets,
                    new DocumentVerdict.Temporary("the answer of Elasticsearch cannot be read: %d documents for %d"
                            .formatted(docs.size(), targets)));
        }
        return StreamSupport.stream(docs.spliterator(), false)
                .map(ElasticsearchDocuments::lookup)
                .toList();
    }

    private static Lookup lookup(JsonNode document) {
        JsonNode error = document.path("error");
        if (!error.isMissingNode()) {
            boolean missing = error.path("type").asText().equals("index_not_found_exception");
            int status = missing ? 404 : 503;
            return new Lookup.Failed(failed(status, ElasticsearchReply.Answered.reason(status, error)));
        }
        if (!document.path("found").isBoolean()) {
            return new Lookup.Failed(
                    new DocumentVerdict.Temporary("the answer of Elasticsearch cannot be read: no found"));
        }
        if (!document.path("found").booleanValue()) {
            return new Lookup.Absent();
        }
        return new Lookup.Found(
                document.path("_version").asLong(),
                new Write.Unchanged(
                        document.path("_seq_no").asLong(),
                        document.path("_primary_term").asLong()),
                StoredVersion.of(document.at("/_source/rowcast")));
    }

    private static DocumentVerdict failed(int status, String reason) {
        return switch (status) {
            case 400, 401, 403, 404 -> new DocumentVerdict.Misconfigured(reason);
            default -> new DocumentVerdict.Temporary(reason);
        };
    }

    private static List<Lookup> all(int targets, DocumentVerdict verdict) {
        return Collections.nCopies(targets, new Lookup.Failed(verdict));
    }
}
