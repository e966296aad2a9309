package dev.rowcast.change.debezium;

import static dev.rowcast.outcome.Steps.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Change;
import dev.rowcast.change.Delete;
import dev.rowcast.change.KeyColumns;
import dev.rowcast.change.Row;
import dev.rowcast.change.Upsert;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of envelopes in `src/test/resources/envelopes`. Each case has a `body` (a JSON value, or a text with the
/// raw body; the source `"streamed"` stands for [#STREAMED]) and says what the body decodes to; what a case does not
/// name, it does not look at.
class EnvelopeTableTest {

    private static final String STREAMED = """
            {"schema":"public","table":"person_churn_history","ts_ms":1764000000123,"lsn":100,"sequence":"[\\"90\\",\\"100\\"]"}""";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ChangeDecoder decoder = new ChangeDecoder(
            3,
            new KeyColumns(Map.of(
                    "public.person_churn_history", List.of("customerid"), "public.pair", List.of("a|b", "no", "yes"))));

    static Stream<Arguments> cases() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        for (String theme : List.of("operations", "decimals", "columns", "envelope", "before", "unchanged")) {
            try (InputStream file = EnvelopeTableTest.class.getResourceAsStream("/envelopes/" + theme + ".json")) {
                JSON.readTree(file)
                        .forEach(row -> cases.add(
                                Arguments.of(theme + ": " + row.get("case").asText(), row)));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void bodyDecodesToWhatTheTableSays(String name, ObjectNode row) {
        ObjectNode decoded = describe(resultOf(decoder.decode(body(row.get("body")))));

        Set<String> expectations = new TreeSet<>();
        row.fieldNames().forEachRemaining(expectations::add);
        expectations.removeAll(Set.of("case", "body"));
        assertThat(expectations).as(name).contains("is");
        for (String expectation : expectations) {
            assertThat(decoded.path(expectation).toString())
                    .as("%s of %s", expectation, decoded)
                    .isEqualTo(row.get(expectation).toString());
        }
    }

    static byte[] body(JsonNode body) {
        String text = body.isTextual() ? body.textValue() : body.toString();
        return text.replace("\"source\":\"streamed\"", "\"source\":" + STREAMED).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode describe(Object decoded) {
        ObjectNode description = JsonNodeFactory.instance.objectNode();
        switch (decoded) {
            case Upsert upsert -> {
                describe(description.put("is", "upsert"), upsert);
                description.set("after", upsert.after().columns());
            }
            case Delete delete -> describe(description.put("is", "delete"), delete);
            case Skipped skipped -> description.put("is", "skipped").put("reason", skipped.reason());
            case Rejected rejected ->
                description
                        .put("is", "rejected")
                        .put("reason", rejected.reason().code())
                        .put("message", rejected.message());
            default -> throw new AssertionError(decoded);
        }
        return description;
    }

    private static void describe(ObjectNode description, Change change) {
        Optional<JsonNode> before = change.before().map(Row::columns);
        description
                .put("operation", change.operation().code())
                .put(
                        "position",
                        "%d/%d/%d"
                                .formatted(
                                        change.position().epoch(),
                                        change.position().commit(),
                                        change.position().lsn()))
                .put("key", change.key().id())
                .put("table", change.origin().qualifiedTable())
                .put("at", change.origin().timestamp().toString())
                .set("before", before.orElse(JsonNodeFactory.instance.nullNode()));
        description.set(
                "leftOut",
                JSON.valueToTree(
                        change.before().map(row -> row.leftOut().keySet()).orElse(Set.of())));
    }
}
