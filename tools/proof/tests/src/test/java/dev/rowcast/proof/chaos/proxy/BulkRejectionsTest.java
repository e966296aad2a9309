package dev.rowcast.proof.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BulkRejectionsTest {

    @Test
    void someItemsAreRefusedAndTheOthersUnchanged() {
        JsonArray items = new JsonArray();
        for (int i = 0; i < 100; i++) {
            items.add(new JsonObject()
                    .put("index", new JsonObject().put("_id", "" + i).put("status", 201)));
        }
        Buffer answer =
                new JsonObject().put("errors", false).put("items", items).toBuffer();

        JsonObject changed =
                BulkRejections.refusingSome(answer, new SplittableRandom(1)).toJsonObject();

        assertThat(changed.getBoolean("errors")).isTrue();
        assertThat(changed.getJsonArray("items").stream()
                        .map(item -> ((JsonObject) item).getJsonObject("index").getInteger("status")))
                .hasSize(100)
                .contains(201, 429)
                .containsOnly(201, 429);
    }

    @Test
    void otherAnswersAreUnchanged() {
        Buffer search = Buffer.buffer("{\"hits\":{}}");
        Buffer text = Buffer.buffer("no JSON");

        assertThat(BulkRejections.refusingSome(search, new SplittableRandom(1))).isEqualTo(search);
        assertThat(BulkRejections.refusingSome(text, new SplittableRandom(1))).isEqualTo(text);
    }
}
