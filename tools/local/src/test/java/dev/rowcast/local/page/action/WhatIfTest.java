package dev.rowcast.local.page.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.local.page.api.ApiRequest;
import dev.rowcast.model.ModelFile;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    private static final Path MODEL = Checkout.find().resolve("trainer-notebook/model/churn.onnx");

    @Test
    void goldenRowsHaveTheirScoresAlsoWhenTypedAsText() throws IOException {
        JsonNode contract = new JsonMapper().readTree(ModelFile.read(MODEL).contract());
        try (WhatIf whatIf = new WhatIf(MODEL)) {
            int scored = 0;
            for (JsonNode golden : contract.path("golden")) {
                ObjectNode values = JsonNodeFactory.instance.objectNode();
                golden.path("row")
                        .properties()
                        .forEach(column -> values.put(
                                column.getKey(),
                                column.getValue().isNull()
                                        ? null
                                        : column.getValue().asText()));
                JsonNode answer = whatIf.score(request(values));
                assertThat(answer.path("probability").asDouble())
                        .isCloseTo(golden.path("probability").asDouble(), Offset.offset(1e-6));
                assertThat(answer.path("label").asText())
                        .isEqualTo(golden.path("label").asText());
                scored++;
            }
            assertThat(scored).isPositive();
        }
    }

    @Test
    void rowThatThePredictorWouldRejectIsRefusedForTheSameReason() {
        try (WhatIf whatIf = new WhatIf(MODEL)) {
            JsonNode answer =
                    whatIf.score(request(JsonNodeFactory.instance.objectNode().put("tenure", "many")));
            assertThat(answer.path("reason").asText()).isEqualTo("feature-type");
            assertThat(answer.path("refused").asText()).contains("tenure");
            assertThat(answer.has("probability")).isFalse();
        }
    }

    private static ApiRequest request(ObjectNode values) {
        return new ApiRequest(JsonNodeFactory.instance.objectNode().set("values", values));
    }
}
