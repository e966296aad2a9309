package dev.rowcast.local.page.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RowTraceTest {

    private static final RowEvent OLDER = event("source", 900, """
            {"op":"c","ts_us":800000,"source":{"ts_us":700000,"lsn":300,"txId":6,"name":"churn","sequence":"[null,\\"300\\"]"}}""");
    private static final RowEvent CHANGE = event("source", 1_100, """
            {"op":"u","ts_us":1050000,"source":{"ts_us":1000500,"lsn":4294967552,"txId":7,"name":"churn",
            "sequence":"[\\"512\\",\\"4294967552\\"]"}}""");
    private static final RowEvent PREDICTION = event("captured", 1_200, """
            {"op":"u","ts_ms":1190,"source":{"ts_ms":1180,"lsn":4294968000,"sequence":"[\\"1\\",\\"4294968000\\"]"},
            "after":{"source_lsn":4294967552,"predicted_at":"1970-01-01T00:00:01.175250Z","model_version":"m-1"}}""");

    @Test
    void eachStepHasTheTimeThatItsStoreKeeps() throws IOException {
        JsonNode documents = new JsonMapper().readTree("[{\"index\":\"rows\",\"version\":512},{\"index\":\"cases\"}]");

        ArrayNode trace = RowTrace.of(
                List.of(OLDER, CHANGE), List.of(PREDICTION), List.of(event("cases", 1_300, "{}")), documents);

        assertThat(step(trace, "committed").path("at").asDouble()).isEqualTo(1000.5);
        assertThat(step(trace, "in the WAL").path("at").isNull()).isTrue();
        assertThat(step(trace, "in the WAL").path("detail").asText()).endsWith("0/00000200 · 1/00000100");
        assertThat(step(trace, "read by Debezium").path("at").asDouble()).isEqualTo(1050);
        assertThat(step(trace, "in the topic").path("at").asDouble()).isEqualTo(1100);
        assertThat(step(trace, "decoded and scored").path("at").isNull()).isTrue();
        assertThat(step(trace, "stored").path("at").asDouble()).isEqualTo(1175.25);
        assertThat(step(trace, "prediction committed").path("at").asDouble()).isEqualTo(1180);
        assertThat(step(trace, "in the topic of predictions").path("at").asDouble())
                .isEqualTo(1200);
        assertThat(step(trace, "event of its case in the topic").path("at").asDouble())
                .isEqualTo(1300);
        assertThat(trace.findValuesAsText("detail"))
                .contains("rows has version 512; Elasticsearch keeps no time of it", "cases: not yet");
    }

    @Test
    void predictionOfAnOlderChangeIsNotTaken() {
        RowEvent newer = event("source", 2_000, "{\"op\":\"u\",\"source\":{\"ts_ms\":1990,\"lsn\":4294969999}}");

        ArrayNode trace =
                RowTrace.of(List.of(CHANGE, newer), List.of(PREDICTION), List.of(), new JsonMapper().createArrayNode());

        assertThat(step(trace, "decoded, scored, stored").path("at").isNull()).isTrue();
        assertThat(trace.findValuesAsText("step")).doesNotContain("stored");
    }

    @Test
    void rowWithoutAChangeHasNoTrace() {
        assertThat(RowTrace.of(List.of(), List.of(PREDICTION), List.of(), new JsonMapper().createArrayNode()))
                .isEmpty();
    }

    private static JsonNode step(ArrayNode trace, String name) {
        for (JsonNode step : trace) {
            if (step.path("step").asText().equals(name)) {
                return step;
            }
        }
        throw new AssertionError("no step " + name + " in " + trace);
    }

    private static RowEvent event(String topic, long timestamp, String json) {
        byte[] value = json.getBytes(UTF_8);
        return RowEvent.of(new ConsumerRecord<>(
                topic,
                0,
                1,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                value.length,
                new byte[0],
                value,
                new RecordHeaders(),
                Optional.empty()));
    }
}
