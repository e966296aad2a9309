package dev.rowcast.proof.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Row;
import dev.rowcast.model.FeatureReader;
import dev.rowcast.model.ModelFile;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.output.Predicted;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The audit of a captured table with the committed models of each output, on their golden rows: two
/// classes, several classes, and a number with an interval and features of a date.
class CapturedAuditTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static Path model(String name) {
        return Checkout.find().resolve("examples/" + name + "/" + name + ".onnx");
    }

    private static List<JsonNode> goldenRows(Path model) throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        JSON.readTree(ModelFile.read(model).contract()).path("golden").forEach(rows::add);
        assertThat(rows).hasSizeGreaterThanOrEqualTo(32);
        return rows;
    }

    /// The row in the text format of Postgres.
    private static Map<String, String> text(JsonNode row) {
        Map<String, String> cells = new HashMap<>();
        row.properties().stream()
                .filter(cell -> !cell.getValue().isNull())
                .forEach(cell -> cells.put(cell.getKey(), cell.getValue().asText()));
        return cells;
    }

    /// The captured row as the functions' own reader and scorer predict it.
    private static Map<String, String> captured(OnnxScorer scorer, JsonNode row) {
        ModelContract contract = scorer.contract();
        Predicted predicted = scorer.score(List.of(new FeatureReader(contract)
                        .read(new Row((ObjectNode) row))
                        .orElseThrow()))
                .predicted(0);
        String label = contract.label().name();
        Map<String, String> cells = text(row);
        cells.put(label + "_prediction", predicted.text());
        switch (predicted) {
            case Predicted.Binary binary -> {
                cells.put(label + "_probability", Float.toString(binary.probability()));
                cells.put(
                        label + "_threshold", Double.toString(contract.binary().threshold()));
            }
            case Predicted.Multiclass several -> {
                ObjectNode probabilities = JSON.createObjectNode();
                List<String> classes = ((Output.Multiclass) contract.output()).classes();
                for (int at = 0; at < classes.size(); at++) {
                    probabilities.put(classes.get(at), several.probabilities().get(at));
                }
                cells.put(label + "_probabilities", probabilities.toString());
                cells.put(label + "_probability", Float.toString(several.probability()));
            }
            case Predicted.Regression number -> {
                cells.put(
                        label + "_lower",
                        Float.toString(number.bounds().orElseThrow().lower()));
                cells.put(
                        label + "_upper",
                        Float.toString(number.bounds().orElseThrow().upper()));
            }
        }
        return cells;
    }

    /// The differences of all golden rows after a change of one captured row.
    private static List<String> differences(String name, Map<String, String> change) throws Exception {
        Map<String, Map<String, String>> source = new TreeMap<>();
        Map<String, Map<String, String>> captured = new TreeMap<>();
        try (OnnxScorer scorer = OnnxScorer.load(model(name));
                IndependentScorer own = new IndependentScorer(model(name), scorer.contract())) {
            for (JsonNode golden : goldenRows(model(name))) {
                String key = "row-%03d".formatted(source.size());
                source.put(key, text(golden.path("row")));
                captured.put(key, captured(scorer, golden.path("row")));
            }
            captured.get("row-007").putAll(change);
            return new CapturedAudit(scorer.contract(), own).differences(source, captured);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loan", "penguins", "ridership"})
    void ownScoresOfTheAuditAreThoseOfScikitLearn(String name) throws Exception {
        ModelContract contract = ModelContract.parse(ModelFile.read(model(name)).contract());
        try (IndependentScorer scorer = new IndependentScorer(model(name), contract)) {
            for (JsonNode golden : goldenRows(model(name))) {
                double tolerance = contract.parity().tolerance();
                switch (scorer.score(text(golden.path("row")))) {
                    case Predicted.Binary(float probability, String label) -> {
                        assertThat((double) probability)
                                .isCloseTo(golden.path("probability").asDouble(), within(tolerance));
                        assertThat(label).isEqualTo(golden.path("label").asText());
                    }
                    case Predicted.Multiclass several -> {
                        for (int at = 0; at < several.probabilities().size(); at++) {
                            assertThat((double) several.probabilities().get(at))
                                    .isCloseTo(
                                            golden.path("probabilities")
                                                    .path(at)
                                                    .asDouble(),
                                            within(tolerance));
                        }
                        assertThat(several.label())
                                .isEqualTo(golden.path("label").asText());
                    }
                    case Predicted.Regression(float value, var bounds) -> {
                        double factor = tolerance
                                * Math.max(1, Math.abs(golden.path("value").asDouble()));
                        assertThat((double) value)
                                .isCloseTo(golden.path("value").asDouble(), within(factor));
                        assertThat((double) bounds.orElseThrow().lower())
                                .isCloseTo(golden.path("lower").asDouble(), within(factor));
                        assertThat((double) bounds.orElseThrow().upper())
                                .isCloseTo(golden.path("upper").asDouble(), within(factor));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-05-01 10:30:00+00", "2024-05-01 12:30:00+02", "2024-05-01 16:00:00.000+05:30"})
    void timesAreReadAsPostgresWritesThemInAnyZone(String time) throws Exception {
        Path kinds = Checkout.find().resolve("functions/core/src/test/resources/models/kinds.onnx");
        JsonNode golden = JSON.readTree(ModelFile.read(kinds).contract()).at("/golden/0");
        assertThat(golden.at("/row/verkauft am").asText()).isEqualTo("2024-05-01T10:30:00Z");
        Map<String, String> row = text(golden.path("row"));
        row.put("verkauft am", time);

        ModelContract contract = ModelContract.parse(ModelFile.read(kinds).contract());
        try (IndependentScorer scorer = new IndependentScorer(kinds, contract)) {
            assertThat(scorer.score(row)).isInstanceOfSatisfying(Predicted.Multiclass.class, several -> {
                for (int at = 0; at < several.probabilities().size(); at++) {
                    assertThat((double) several.probabilities().get(at))
                            .isCloseTo(golden.path("probabilities").path(at).asDouble(), within(1e-5));
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loan", "penguins", "ridership"})
    void predictionsOfTheFunctionsHaveNoDifference(String name) throws Exception {
        assertThat(differences(name, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        loan      | income                | 7654            | income is 7654
        loan      | status_probability    | 0.123           | probability is 0.123
        loan      | status_threshold      | 0.999           | threshold is 0.999
        loan      | status_prediction     | neither         | prediction is neither
        loan      | deleted               | t               | is marked deleted, and there is such a source row
        penguins  | body_mass_g           | 1               | body_mass_g is 1
        penguins  | species_prediction    | Emperor         | prediction is Emperor
        penguins  | species_probability   | 0.123           | probability is 0.123
        penguins  | species_probabilities | {"Adelie": 0.2} | probability of Adelie is 0.2
        penguins  | species_probabilities | {"Adelie": 0.2} | probability of Gentoo is NaN
        ridership | temp                  | -99             | temp is -99
        ridership | ridership_prediction  | 1               | prediction is 1.0
        ridership | ridership_lower       | 1               | lower is 1.0
        ridership | ridership_upper       | 1               | upper is 1.0
        """)
    void eachWrongColumnIsADifferenceOfItsRow(String name, String column, String value, String difference)
            throws Exception {
        List<String> differences = differences(name, Map.of(column, value));

        assertThat(differences).isNotEmpty().allMatch(line -> line.startsWith("captured table, row-007: "));
        assertThat(differences).anyMatch(line -> line.contains(difference));
    }
}
