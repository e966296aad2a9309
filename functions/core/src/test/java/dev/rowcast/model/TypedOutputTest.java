package dev.rowcast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Row;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.model.output.Predicted;
import dev.rowcast.model.output.Scores;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Models of several classes and of a number: they are proven before they score, and score as numpy does.
class TypedOutputTest {

    private static final String KIND = """
        { 'Farbe': '%s', 'Größe "cm"': '%s', 'verkauft am': '2024-05-01T10:30:00Z', 'code': 'a  ', 'origin': null }\
        """.replace("\"cm\"", "\\\"cm\\\"");

    @TempDir
    private Path folder;

    private static Scores scores(OnnxScorer scorer, ObjectNode... rows) {
        FeatureReader reader = new FeatureReader(scorer.contract());
        return scorer.score(Stream.of(rows)
                .map(row -> reader.read(new Row(row)).orElseThrow())
                .toList());
    }

    private static ObjectNode kind(String colour, String size) {
        return TypedModels.row(KIND.formatted(colour, size));
    }

    private static ObjectNode house(String area, String built) {
        return TypedModels.row("{ 'area': %s, 'built': '%s', 'note': 'garden' }".formatted(area, built));
    }

    @Test
    void modelOfSeveralClassesGivesAProbabilityOfEach() {
        try (OnnxScorer scorer = OnnxScorer.load(TypedModels.KINDS)) {
            Scores scores = scores(scorer, kind("blue", "7.5"), kind("red", "90"));

            assertThat(scores.predicted(0)).isInstanceOfSatisfying(Predicted.Multiclass.class, kind -> {
                assertThat(kind.probabilities()).hasSize(3);
                assertThat(kind.probabilities().stream()
                                .mapToDouble(Float::doubleValue)
                                .sum())
                        .isCloseTo(1, within(1e-6));
            });
            assertThat(scores.predicted(1).text()).isEqualTo("klein");
        }
    }

    @Test
    void modelOfANumberGivesItWithItsInterval() {
        try (OnnxScorer scorer = OnnxScorer.load(TypedModels.PRICES)) {
            Scores scores = scores(scorer, house("100", "1999-12-31"), house("20", "1970-01-01"));

            assertThat(scores.predicted(0))
                    .isEqualTo(new Predicted.Regression(343_112, Optional.of(new Predicted.Bounds(318_112, 368_112))));
            assertThat(scores.predicted(1).text()).isEqualTo("80100.0");
        }
    }

    @Test
    void rowBesideItDoesNotChangeAScore() {
        try (OnnxScorer scorer = OnnxScorer.load(TypedModels.PRICES)) {
            Scores together = scores(scorer, house("50", "1980-01-01"), house("70", "1990-01-01"));

            assertThat(together.predicted(1))
                    .isEqualTo(scores(scorer, house("70", "1990-01-01")).predicted(0));
        }
    }

    @Test
    void faultOfTheModelIsToldApartFromTheRow() {
        try (OnnxScorer prices = OnnxScorer.load(TypedModels.PRICES);
                OnnxScorer kinds = OnnxScorer.load(TypedModels.KINDS)) {
            Scores houses =
                    scores(prices, house("-1", "1980-01-01"), house("3e38", "1980-01-01"), house("1", "1980-01-01"));

            assertThat(houses.fault(0)).get().asString().contains("which is not in its interval from");
            assertThat(houses.fault(1)).contains("Infinity, which is no finite number");
            assertThat(houses.fault(2)).isEmpty();
            assertThat(scores(kinds, kind("blue", "3e38")).fault(0)).contains("NaN for klein, which is no probability");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"infinity", "-infinity", "0044-03-15 BC", "yesterday"})
    void dateThatIsNoneIsRejectedWithItsColumn(String built) {
        try (OnnxScorer scorer = OnnxScorer.load(TypedModels.PRICES)) {
            Step<FeatureRow> read = new FeatureReader(scorer.contract()).read(new Row(house("1", built)));

            assertThat(read)
                    .isInstanceOfSatisfying(
                            Step.End.class,
                            end -> assertThat(end.outcome())
                                    .isInstanceOfSatisfying(
                                            Rejected.class,
                                            rejected -> assertThat(rejected.message())
                                                    .isEqualTo(
                                                            "table public.house, column built: expected a date of the"
                                                                    + " years 1 to 9999 such as"
                                                                    + " 2024-05-01,"
                                                                    + " found"
                                                                    + " \"" + built + "\"")));
        }
    }

    @Test
    void encodedTimeIsRejectedWithTheSettingThatSendsText() {
        try (OnnxScorer scorer = OnnxScorer.load(TypedModels.PRICES)) {
            ObjectNode row = house("1", "").put("built", 19_844);

            assertThat(new FeatureReader(scorer.contract()).read(new Row(row)).toString())
                    .contains("column built", "found 19844", "time.precision.mode to isostring");
        }
    }

    private void assertRefused(Path model, Consumer<ObjectNode> change, String problem) throws IOException {
        Path changed = TypedModels.changed(model, folder, change);
        assertThatThrownBy(() -> OnnxScorer.load(changed).close())
                .isInstanceOf(ContractException.class)
                .hasMessageStartingWith("model " + changed + ": ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }

    private static ObjectNode golden(ObjectNode contract) {
        return (ObjectNode) contract.withArray("golden").get(0);
    }

    @Test
    void otherProbabilityOfAClassIsRefused() throws IOException {
        assertRefused(
                TypedModels.KINDS,
                contract -> golden(contract).withArray("probabilities").set(1, 0.75),
                "for mittel, in training it was 0.75");
    }

    @Test
    void otherLabelIsRefused() throws IOException {
        assertRefused(TypedModels.KINDS, contract -> golden(contract).put("label", "groß"), "in training it was groß");
    }

    @Test
    void classesInAnotherOrderAreRefused() throws IOException {
        assertRefused(
                TypedModels.KINDS,
                contract -> contract.withObject("/label")
                        .putArray("classes")
                        .add("groß")
                        .add("mittel")
                        .add("klein"),
                "golden row 0: the label of ");
    }

    @Test
    void otherNumberOfClassesIsRefused() throws IOException {
        assertRefused(
                TypedModels.KINDS,
                contract -> {
                    contract.withObject("/label").withArray("classes").add("riesig");
                    contract.withObject("/output/histogram").withArray("counts").add(0);
                    contract.withArray("golden")
                            .forEach(row -> ((ObjectNode) row)
                                    .withArray("probabilities")
                                    .add(0));
                },
                "the graph's output probabilities: expected FLOAT of any number of rows by 4 columns, one for each"
                        + " class");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        value | 343122.0 | the graph gives 343112.0, in training it was 343122.0
        lower | 318000   | the graph gives 318112.0 as lower bound, in training it was 318000.0
        upper | 368000   | the graph gives 368112.0 as upper bound, in training it was 368000.0
        """)
    void otherNumberIsRefused(String field, double number, String problem) throws IOException {
        assertRefused(TypedModels.PRICES, contract -> golden(contract).put(field, number), problem);
    }

    @Test
    void numberWithinTheRelativeToleranceIsAccepted() throws IOException {
        Path close = TypedModels.changed(
                TypedModels.PRICES, folder, contract -> golden(contract).put("value", 343_114.0));

        OnnxScorer.load(close).close();
    }

    @Test
    void intervalThatTheGraphDoesNotGiveIsRefused() throws IOException {
        assertRefused(
                TypedModels.PRICES,
                contract -> contract.withObject("/output/interval").put("tensor", "half"),
                "the graph has no output half, which the contract names");
        assertRefused(
                TypedModels.PRICES,
                contract -> {
                    contract.withObject("/output").put("tensor", "interval");
                    contract.withObject("/output/interval").put("tensor", "value");
                },
                "the graph's output interval: expected FLOAT of any number of rows by 1 column, found");
    }

    @Test
    void otherDayZeroIsRefused() throws IOException {
        assertRefused(
                TypedModels.PRICES,
                contract -> ((ObjectNode) contract.at("/features/1")).put("since", "1970-01-02"),
                "golden row 1: the graph gives 161868.0, in training it was 161870.0");
    }

    @Test
    void otherZoneIsRefused() throws IOException {
        assertRefused(
                TypedModels.KINDS,
                contract -> ((ObjectNode) contract.at("/features/2")).put("zone", "UTC"),
                "golden row 0: the graph gives ");
    }

    @Test
    void missingTimeMustBeProven() throws IOException {
        assertRefused(
                TypedModels.PRICES,
                contract -> contract.withArray("golden")
                        .forEach(row -> ((ObjectNode) row.get("row")).put("built", "2000-01-01")),
                "no row in which feature built_days is missing");
    }

    @Test
    void modelOfTwoLabelsIsAskedForWhereOnlyThatIsKnown() {
        try (OnnxScorer scorer = OnnxScorer.load(TypedModels.PRICES)) {
            assertThatThrownBy(() -> scorer.contract().binary())
                    .isInstanceOf(ContractException.class)
                    .hasMessageStartingWith(
                            "contract: output.kind: expected binary, found regression of model prices-");
            assertThat(List.of(scorer.contract().output().kind())).containsExactly("regression");
        }
    }
}
