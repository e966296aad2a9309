package dev.rowcast.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLimitsTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "7",
                "1e308",
                "\"text\"",
                "[[1], [2, [3]], []]",
                "{\"a..b\": {\"\": [{\"_id\": null}]}}"
            })
    void valueOfAnOrdinaryShapeStaysWhatItIs(String text) throws JsonProcessingException {
        JsonNode value = JSON.readTree(text);

        assertThat(JsonLimits.FLATTENED.fit("column", value)).isEqualTo(value);
    }

    @Test
    void whatIsTooDeepOrTooLongOrHasANameOfNoDatabaseBecomesItsJson() throws JsonProcessingException {
        for (String text : new String[] {
            "{\"k\":".repeat(40) + "1" + "}".repeat(40),
            "[".repeat(40) + "]".repeat(40),
            "{\"" + "n".repeat(20_000) + "\":1}",
            "{\"x\\u0000y\":1}",
            "[" + "9".repeat(600) + "]"
        }) {
            JsonNode fitting = JsonLimits.FLATTENED.fit("column", JSON.readTree(text));

            assertThat(fitting.isTextual()).isTrue();
            assertThat(fitting.textValue()).isEqualTo(text);
        }
    }

    @Test
    void longNumberBecomesAText() {
        assertThat(JsonLimits.FLATTENED
                        .fit("column", DecimalNode.valueOf(new BigDecimal("9".repeat(5_000))))
                        .textValue())
                .isEqualTo("9".repeat(5_000));
        assertThat(JsonLimits.FLATTENED
                        .fit("column", DecimalNode.valueOf(new BigDecimal("1E+131000")))
                        .isNumber())
                .isTrue();
    }

    @Test
    void nameIsOneThatElasticsearchTakes() {
        assertThat(JsonLimits.name("a..b")).isEqualTo("a..b");
        assertThat(JsonLimits.name("x\0y")).isEqualTo("x\uFFFDy");
        assertThat(JsonLimits.name("n".repeat(50_000))).hasSize(1_000);
    }
}
