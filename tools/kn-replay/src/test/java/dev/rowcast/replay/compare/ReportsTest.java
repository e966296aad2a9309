package dev.rowcast.replay.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.model.ModelFile;
import dev.rowcast.model.output.Predicted;
import dev.rowcast.replay.exit.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares the model of the repository with itself: the reports show no flip and no shift.
class ReportsTest {

    private static final Path MODEL = Path.of("../../trainer-notebook/model/churn.onnx");
    private static final Path KINDS = Path.of("../../functions/core/src/test/resources/models/kinds.onnx");
    private static final Path PRICES = Path.of("../../functions/core/src/test/resources/models/prices.onnx");
    private static final String HOSTILE = "<script>alert('{{rows}}')</script>&";

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
        flip.add(new ScorePair(HOSTILE, "0/1", new Predicted.Binary(0.4f, "No"), new Predicted.Binary(0.6f, "Yes")));
        String page = HtmlReport.of(flip);

        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;{{rows}}&#39;)&lt;/script&gt;&amp;")
                .contains("<html lang=\"en\">", "<caption>", "scope=\"col\"", "role=\"img\"");
        assertThat(page.toLowerCase(Locale.ROOT)).doesNotContain("<script", "http://", "https://", "url(", "null");
    }

    @Test
    void modelsOfSeveralClassesAreComparedByTheirLabels() {
        Comparison kinds;
        try (ModelPair models = ModelPair.load(KINDS, KINDS)) {
            kinds = Comparison.of(models.contractA(), models.contractB(), "t", 5);
        }
        kinds.add(new ScorePair(
                "k",
                "0/1",
                new Predicted.Multiclass(List.of(0.5f, 0.25f, 0.25f), 0, "klein"),
                new Predicted.Multiclass(List.of(0.25f, 0.25f, 0.5f), 2, "groß")));

        assertThat(JsonReport.of(kinds).path("flips").toString()).isEqualTo("{\"klein → groß\":1}");
        assertThat(JsonReport.of(kinds).at("/histogram/2").toString())
                .isEqualTo("{\"label\":\"groß\",\"a\":0,\"b\":1}");
        assertThat(JsonReport.of(kinds).at("/largestDistance").asDouble()).isEqualTo(0.25);
        assertThat(TextReport.of(kinds)).contains(", 3 classes", "1 (100.0 %): 1 klein → groß");
        assertThat(HtmlReport.of(kinds)).contains("viewBox=\"0 0 168 204\"", "groß");
    }

    @Test
    void modelsOfANumberAreComparedByTheBinsOfTraining() {
        Comparison prices;
        try (ModelPair models = ModelPair.load(PRICES, PRICES)) {
            prices = Comparison.of(models.contractA(), models.contractB(), "t", 5);
            models.add(record(0, house(100)), prices);
            models.add(record(1, house(-1)), prices);
            models.flush(prices);
        }

        ObjectNode document = JsonReport.of(prices);
        assertThat(document.path("scored").asLong()).isEqualTo(1);
        assertThat(document.path("leftOut").toString()).isEqualTo("{\"no prediction by A\":1}");
        assertThat(document.at("/histogram/1").toString())
                .isEqualTo("{\"from\":200000.0,\"to\":400000.0,\"a\":1,\"b\":1}");
        assertThat(document.path("flipped").asLong()).isZero();
        assertThat(TextReport.of(prices)).contains(", a number in EUR", "200000–400000");
    }

    @Test
    void modelsThatPredictSomethingElseAreNotCompared(@TempDir Path folder) throws IOException {
        ModelFile file = ModelFile.read(KINDS);
        Path renamed = folder.resolve("renamed.onnx");
        Files.write(
                renamed,
                file.withContract(file.contract().replace("groß", "riesig")).content());

        assertThatThrownBy(() -> ModelPair.load(KINDS, renamed))
                .isInstanceOf(UsageException.class)
                .hasMessage("model A predicts one of [klein, mittel, groß], model B one of [klein, mittel, riesig]");
        assertThatThrownBy(() -> ModelPair.load(MODEL, PRICES))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("model A scores public.person_churn_history");
    }

    private static String house(int area) {
        return """
            {"op":"c","before":null,"after":{"id":1,"area":%d,"built":"1999-12-31","note":"garden","price":null},
             "source":{"schema":"public","table":"house","lsn":7,"sequence":[null,7],"ts_ms":1}}\
            """.formatted(area);
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
            "paymentmethod":"Electronic check","monthlycharges":29.85,"totalcharges":"29.85","churn":null}\
            """.formatted(key, tenure);
        return "{\"op\":\"c\",\"before\":null,\"after\":" + row
                + ",\"source\":{\"schema\":\"public\",\"table\":\"person_churn_history\",\"lsn\":7,\"sequence\":[null,7],\"ts_ms\":1}}";
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        return new ConsumerRecord<>("churn.public.t", 0, offset, new byte[0], value.getBytes(UTF_8));
    }
}
