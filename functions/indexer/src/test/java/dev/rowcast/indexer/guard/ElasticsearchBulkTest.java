package dev.rowcast.indexer.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.rowcast.indexer.bulk.BulkResult;
import dev.rowcast.indexer.bulk.BulkResult.AsOne;
import dev.rowcast.indexer.bulk.BulkResult.ByItem;
import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.elasticsearch.ElasticsearchReply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reads the answers of `_bulk`.
class ElasticsearchBulkTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void eachItemIsReadByItsOwnStatus() {
        BulkResult answer = read(200, """
                {"items": [
                  {"index": {"status": 201, "_seq_no": 41}},
                  {"index": {"status": 200}},
                  {"index": {"status": 409, "error": {"type": "version_conflict_engine_exception", "reason": "current version [9]"}}},
                  {"index": {"status": 400, "error": {"type": "document_parsing_exception",
                     "reason": "[1:25] failed to parse field [tenure] of type [integer] in document with id 'a'",
                     "caused_by": {"type": "illegal_argument_exception", "reason": "For input string: \\"soon\\""}}}},
                  {"index": {"status": 429, "error": {"type": "es_rejected_execution_exception", "reason": "queue is full"}}},
                  {"index": {"status": 503, "error": {"type": "unavailable_shards_exception", "reason": "primary shard is not active"}}}
                ]}""", 6);

        assertThat(answer)
                .isEqualTo(new ByItem(List.of(
                        new DocumentVerdict.Written(41),
                        new DocumentVerdict.Written(-1),
                        new DocumentVerdict.Conflict(
                                "Elasticsearch answered 409: version_conflict_engine_exception current version [9]"),
                        new DocumentVerdict.Unstorable(
                                "Elasticsearch answered 400: document_parsing_exception [1:25] failed to parse field"
                                        + " [tenure] of type [integer] in document with id 'a', because"
                                        + " illegal_argument_exception For input string: \"soon\""),
                        new DocumentVerdict.Temporary(
                                "Elasticsearch answered 429: es_rejected_execution_exception queue is full"),
                        new DocumentVerdict.Temporary("Elasticsearch answered 503: unavailable_shards_exception"
                                + " primary shard is not active"))));
    }

    @Test
    void whatLiesWithTheIndexIsNoFaultOfTheDocument() {
        BulkResult answer = read(200, """
                {"items": [
                  {"index": {"status": 400, "error": {"type": "index_closed_exception", "reason": "closed"}}},
                  {"index": {"status": 404, "error": {"type": "index_not_found_exception", "reason": "no such index"}}},
                  {"index": {"status": 403, "error": {"type": "cluster_block_exception", "reason": "blocked"}}}
                ]}""", 3);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        ByItem.class,
                        each -> assertThat(each.verdicts()).hasOnlyElementsOfType(DocumentVerdict.Misconfigured.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 301, 418})
    void requestThatMaySucceedLaterIsUnavailableAsAWhole(int status) {
        assertThat(read(status, "{}", 2))
                .isInstanceOfSatisfying(
                        AsOne.class,
                        whole -> assertThat(whole.verdict()).isInstanceOf(DocumentVerdict.Temporary.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void requestThatIsRefusedWaitsForSomebodyToChangeASetting(int status) {
        assertThat(read(status, """
                {"error": {"type": "security_exception", "reason": "unable to authenticate"}}""", 2))
                .isEqualTo(new AsOne(new DocumentVerdict.Misconfigured(
                        "Elasticsearch answered " + status + ": security_exception unable to authenticate")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"message\": \"plain HTTP sent to a TLS port\"}"})
    void unexplainedBadRequestIsNoFaultOfTheDocuments(String body) {
        assertThat(read(400, body, 2))
                .isInstanceOfSatisfying(
                        AsOne.class,
                        whole -> assertThat(whole.verdict()).isInstanceOf(DocumentVerdict.Misconfigured.class));
    }

    @Test
    void requestThatIsTooLargeOrNotUnderstoodIsSaidSo() {
        assertThat(read(413, "", 2))
                .isEqualTo(new AsOne(new DocumentVerdict.TooLarge("Elasticsearch answered 413 without a reason")));
        assertThat(read(400, "{\"error\": \"malformed\"}", 2))
                .isEqualTo(new AsOne(new DocumentVerdict.Unstorable("Elasticsearch answered 400: malformed")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"items\": {}}",
                "{\"items\": []}",
                "{\"items\": [{\"index\": {\"status\": 201}}]}",
                "{\"items\": [{\"index\": {\"status\": 201}}, {\"index\": {\"status\": 201}}, {\"index\": {\"status\": 201}}]}"
            })
    void answerThatCannotBeReadStoresNothing(String body) {
        assertThat(read(200, body, 2))
                .isInstanceOfSatisfying(
                        AsOne.class,
                        whole -> assertThat(whole.verdict()).isInstanceOf(DocumentVerdict.Temporary.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"index\": {}}",
                "{\"index\": {\"status\": \"yes\"}}",
                "{\"create\": {\"status\": 201}}",
                "7"
            })
    void itemThatCannotBeReadIsNotStored(String item) {
        assertThat(read(200, "{\"items\": [" + item + "]}", 1))
                .isInstanceOfSatisfying(
                        ByItem.class,
                        each -> assertThat(each.verdicts()).hasOnlyElementsOfType(DocumentVerdict.Temporary.class));
    }

    private static BulkResult read(int status, String body, int documents) {
        return ElasticsearchBulk.read(new ElasticsearchReply.Answered(status, json(body)), documents);
    }

    private static JsonNode json(String text) {
        try {
            return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("the test holds broken JSON: " + text, e);
        }
    }
}
