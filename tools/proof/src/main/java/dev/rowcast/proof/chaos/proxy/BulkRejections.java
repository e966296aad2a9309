package dev.rowcast.proof.chaos.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.SplittableRandom;

/// Changes Elasticsearch's answer to a bulk request.
final class BulkRejections {

    private static final JsonMapper JSON = new JsonMapper();

    private BulkRejections() {}

    /// Replaces the result of about half of the items by 429; an answer without items stays unchanged.
    static Buffer refusingSome(Buffer answer, SplittableRandom random) {
        try {
            if (!(JSON.readTree(answer.getBytes()) instanceof ObjectNode document) || !document.has("items")) {
                return answer;
            }
            for (JsonNode item : document.path("items")) {
                if (random.nextBoolean() && item.path("index") instanceof ObjectNode index) {
                    index.remove("result");
                    index.put("status", 429);
                    index.putObject("error")
                            .put("type", "es_rejected_execution_exception")
                            .put("reason", "chaos");
                    document.put("errors", true);
                }
            }
            return Buffer.buffer(JSON.writeValueAsBytes(document));
        } catch (IOException notJson) {
            return answer;
        }
    }
}
