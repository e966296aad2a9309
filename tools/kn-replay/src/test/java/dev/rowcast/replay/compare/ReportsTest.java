package dev.rowcast.replay.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.replay.exit.UsageException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Compares the model of the repository with itself: the reports show no flip and no shift.
class ReportsTest {

    private static final Path MODEL = Path.of("../../trainer-notebook/model/churn.onnx");
    private static final String HOSTILE = "<script>alert('{{customers}}')</script>&";

    private static Comparison comparison;

    @BeforeAll
    static void compare() {
        try (ModelPair models = ModelPair.load(MODEL, MODEL)) {
            comparison = Comparison.of(models.contractA(), models.contractB(), "churn.public.t", 5);
            models.add(record(0, upsert("7590-VHVEG", 1)), comparison);
            models.add(record(1, upsert("3668-QPYBK", 70)), comparison);
            models.add(record(2, upsert("7590-VHVEG", 1).replace("\"tenure\"", "\"other\"")), comparison);
            models.add(record(3, "{\"op\":"), comparison);
            models.flush(comparison);
        }
    }

    @Test
    void everyRecordIsScoredOrReportedAsOmitted() {
        ObjectNode document = JsonReport.of(comparison);

        assertThat(document.path("scored").asLong()).isEqualTo(2);
        assertThat(document.path("leftOut").toString())
                .isEqualTo("{\"rejected by A: feature-missing\":1,\"rejected: not-json\":1}");
        assertThat(document.path("flipped").asLong()).isZero();
        assertThat(document.path("psi").asDouble()).isZero();
        assertThat(document.path("histogram")).hasSize(10);
        assertThat(document.path("mostChanged")).isEmpty();
    }

    @Test
    void textHasTheSameNumbers() {
        assertThat(TextReport.of(comparison))
                .contains("2 scored by both; left out: 1 rejected by A: feature-missing, 1 rejected: not-json")
                .contains("0 (0.0 %)")
                .contains("hardly any shift");
    }

    @Test
    void pageIsSelfContainedAndEscapesKeys() {
        Comparison flip = Comparison.of(comparison.contractA(), comparison.contractB(), "churn.public.t", 5);
        flip.add(new ScorePair(HOSTILE, "0/1", 0.4, 0.6, "No", "Yes"));
        String page = HtmlReport.of(flip);

        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;{{customers}}&#39;)&lt;/script&gt;&amp;")
                .contains("<html lang=\"en\">", "<caption>", "scope=\"col\"", "role=\"img\"");
        assertThat(page.toLowerCase(Locale.ROOT)).doesNotContain("<script", "http://", "https://", "url(", "null");
    }

    @Test
    void missingModelIsAUsageError() {
        assertThatThrownBy(() -> ModelPair.load(MODEL, Path.of("none.onnx")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("none.onnx");
    }

    private static String upsert(String key, int tenure) {
        String row = """
                {"customerid":"%s","gender":"Female","seniorcitizen":0,"partner":"Yes","dependents":"No","tenure":%d,\
                "phoneservice":"No","multiplelines":"No phone service","internetservice":"DSL","onlinesecurity":"No",\
                "onlinebackup":"Yes","deviceprotection":"No","techsupport":"No","streamingtv":"No",\
                "streamingmovies":"No","contract":"Month-to-month","paperlessbilling":"Yes",\
                "paymentmethod":"Electronic check","monthlycharges":29.85,"totalcharges":"29.85","churn":null}""".formatted(key, tenure);
        return "{\"op\":\"c\",\"before\":null,\"after\":" + row
                + ",\"source\":{\"schema\":\"public\",\"table\":\"person_churn_history\",\"lsn\":7,\"sequence\":[null,7],\"ts_ms\":1}}";
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        return new ConsumerRecord<>("churn.public.t", 0, offset, new byte[0], value.getBytes(UTF_8));
    }
}
