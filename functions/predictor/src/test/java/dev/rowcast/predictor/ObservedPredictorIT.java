package dev.rowcast.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.testkit.function.EventClient;
import dev.rowcast.testkit.function.PackagedFunction;
import dev.rowcast.testkit.function.setup.ProcessOnPostgres;
import dev.rowcast.testkit.function.setup.SpanCollector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The log and the traces of the packaged predictor.
@Timeout(300)
class ObservedPredictorIT extends ProcessOnPostgres {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";

    @Test
    void logIsJsonWithKeyAndPositionOfEachChange() throws Exception {
        try (PackagedFunction predictor = PredictorProcess.start(
                folder,
                postgres,
                Map.of(
                        "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true",
                        "QUARKUS_LOG_CATEGORY__DEV_ROWCAST__LEVEL", "DEBUG"))) {
            EventClient sender = predictor.awaitSender();
            assertThat(sender.deliver(SourceEvents.insert(20, 30, SourceEvents.row("json-1")))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(sender.deliver(SourceEvents.insert(
                                    21, 31, SourceEvents.row("json-2").put("tenure", "many")))
                            .statusCode())
                    .isEqualTo(422);

            List<JsonNode> lines = lines(predictor);

            assertThat(lineOf(lines, "json-1").path("event").asText()).matches("partition:0/offset:\\d+");
            assertThat(lineOf(lines, "json-1").path("outcome").asText()).isEqualTo("stored");
            assertThat(lineOf(lines, "json-1").path("position").asText()).isEqualTo("0/20/30");
            assertThat(lineOf(lines, "json-2").path("outcome").asText()).isEqualTo("rejected");
            assertThat(lineOf(lines, "json-2").path("position").asText()).isEqualTo("0/21/31");
        }
    }

    @Test
    void spansContinueTheTraceOfTheEvent() throws Exception {
        try (SpanCollector collector = new SpanCollector();
                PackagedFunction predictor = PredictorProcess.start(
                        folder, postgres, Map.of("ROWCAST_TRACE_ENDPOINT", collector.address()))) {
            EventClient sender = predictor.awaitSender();

            sender.post(Map.of("ce-traceparent", PARENT), SourceEvents.insert(40, 50, SourceEvents.row("traced-1")));
            sender.post(
                    Map.of("ce-traceparent", PARENT.replaceAll("1$", "0")),
                    SourceEvents.insert(41, 51, SourceEvents.row("not-sampled")));
            sender.post(SourceEvents.insert(42, 52, SourceEvents.row("traced-2")));
            predictor.terminate();
            predictor.exitCode();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(collector.of(TRACE))
                            .as("of %s, log %s", collector.all(), predictor.output())
                            .hasSizeGreaterThanOrEqualTo(4));
            assertThat(collector.of(TRACE))
                    .extracting(span -> span.path("name").asText())
                    .containsExactlyInAnyOrder("delivery", "decode", "score", "store");
            JsonNode delivery = collector.named(TRACE, "delivery");
            assertThat(delivery.path("parentSpanId").asText()).isEqualTo(SPAN);
            assertThat(delivery.path("attributes").toString()).contains("traced-1", "0/40/50", "stored");
            assertThat(collector.of(TRACE))
                    .filteredOn(span -> !span.equals(delivery))
                    .allSatisfy(span -> assertThat(span.path("parentSpanId")).isEqualTo(delivery.path("spanId")));
            assertThat(collector.all())
                    .hasSize(8)
                    .extracting(Object::toString)
                    .noneMatch(span -> span.contains("not-sampled"));
        }
    }

    @Test
    void collectorThatDoesNotAnswerLosesSpansOnly() throws Exception {
        try (PackagedFunction predictor = PredictorProcess.start(
                folder, postgres, Map.of("ROWCAST_TRACE_ENDPOINT", "http://127.0.0.1:9/v1/traces"))) {
            EventClient sender = predictor.awaitSender();

            assertThat(sender.post(SourceEvents.insert(60, 70, SourceEvents.row("untold")))
                            .statusCode())
                    .isEqualTo(204);

            await().atMost(PATIENCE).until(() -> predictor.output().contains("Spans are lost, and no event"));
        }
    }

    private static List<JsonNode> lines(PackagedFunction function) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : function.output().lines().toList()) {
            lines.add(new JsonMapper().readTree(line));
        }
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.path("message").isTextual())
                        .as(line.toString())
                        .isTrue());
        return lines;
    }

    /// The fields of the line about a key.
    private static JsonNode lineOf(List<JsonNode> lines, String key) {
        return lines.stream()
                .map(line -> line.path("mdc"))
                .filter(fields -> fields.path("key").asText().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line about " + key + " in " + lines));
    }
}
