package dev.rowcast.model.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a graph returns becomes a prediction by the kind of the output, or is a fault of the model.
class ScoresTest {

    private static final float NONE = Float.NaN;
    private static final Histogram HISTOGRAM = new Histogram(List.of(0.0, 1.0), List.of(1L));

    private static Scores binary(float... values) {
        return new Scores(new Output.Binary("p", "", 1, "Yes", "No", 0.25, HISTOGRAM), values, new float[0]);
    }

    private static Scores classes(float... values) {
        Output output = new Output.Multiclass("p", "", List.of("a", "b", "c"), List.of(1L, 1L, 1L));
        return new Scores(output, values, new float[0]);
    }

    private static Scores number(float value, float lower, float upper) {
        Output output =
                new Output.Regression("v", "", Optional.empty(), HISTOGRAM, Optional.of(new Output.Interval("i", 0.9)));
        return new Scores(output, new float[] {value}, new float[] {lower, upper});
    }

    private static Scores number(float value) {
        Output output = new Output.Regression("v", "", Optional.empty(), HISTOGRAM, Optional.empty());
        return new Scores(output, new float[] {value}, new float[0]);
    }

    @Test
    void labelOfTwoFollowsTheThreshold() {
        Scores scores = binary(0.75f, 0.25f, 0.8f, 0.2f);

        assertThat(scores.size()).isEqualTo(2);
        assertThat(scores.predicted(0)).isEqualTo(new Predicted.Binary(0.25f, "Yes"));
        assertThat(scores.predicted(1)).isEqualTo(new Predicted.Binary(0.2f, "No"));
    }

    @Test
    void labelOfSeveralIsTheMostProbableOne() {
        Scores scores = classes(0.2f, 0.3f, 0.5f, 0.5f, 0.25f, 0.25f);

        assertThat(scores.size()).isEqualTo(2);
        assertThat(scores.predicted(0)).isEqualTo(new Predicted.Multiclass(List.of(0.2f, 0.3f, 0.5f), 2, "c"));
        assertThat(((Predicted.Multiclass) scores.predicted(1)).probability()).isEqualTo(0.5f);
    }

    @Test
    void firstOfEquallyProbableLabelsIsPredicted() {
        assertThat(classes(0.2f, 0.4f, 0.4f).predicted(0).text()).isEqualTo("b");
    }

    @Test
    void numberHasItsIntervalIfTheModelGivesOne() {
        assertThat(number(7, 6, 9).predicted(0))
                .isEqualTo(new Predicted.Regression(7, Optional.of(new Predicted.Bounds(6, 9))));
        assertThat(number(7).predicted(0)).isEqualTo(new Predicted.Regression(7, Optional.empty()));
    }

    @Test
    void boundEqualToTheNumberIsNoFault() {
        assertThat(number(7, 7, 7).fault(0)).isEmpty();
    }

    @Test
    void roundingBeyondOneIsNoFaultAndIsNotStored() {
        float sumOfShares = 1.0000013f;

        assertThat(binary(0, sumOfShares).fault(0)).isEmpty();
        assertThat(binary(0, sumOfShares).predicted(0)).isEqualTo(new Predicted.Binary(1, "Yes"));
        assertThat(classes(sumOfShares, 0, 0).fault(0)).isEmpty();
        assertThat(classes(sumOfShares, 0, 0).predicted(0))
                .isEqualTo(new Predicted.Multiclass(List.of(1f, 0f, 0f), 0, "a"));
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity", "-0.01", "1.01"})
    void probabilityOfTwoLabelsMustBeOne(float value) {
        assertThat(binary(0, value).fault(0)).contains(value + ", which is no probability");
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-0.2", "1.2"})
    void probabilityOfEachLabelMustBeOne(float value) {
        assertThat(classes(0.5f, value, 0.5f).fault(0)).contains(value + " for b, which is no probability");
    }

    @Test
    void probabilitiesOfAllLabelsMustAddUpToOne() {
        assertThat(classes(0.5f, 0.25f, 0.125f).fault(0)).contains("probabilities whose sum is 0.875 and not 1");
        assertThat(classes(0.5f, 0.25f, 0.252f).fault(0)).isPresent();
        assertThat(classes(0.5f, 0.25f, 0.2505f).fault(0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void numberMustBeFinite(float value) {
        assertThat(number(value).fault(0)).contains(value + ", which is no finite number");
    }

    @Test
    void numberMustBeInItsInterval() {
        assertThat(number(7, 8, 9).fault(0)).contains("7.0, which is not in its interval from 8.0 to 9.0");
        assertThat(number(7, 5, 6).fault(0)).isPresent();
        assertThat(number(7, NONE, 9).fault(0)).isPresent();
        assertThat(number(7, 5, Float.POSITIVE_INFINITY).fault(0)).isPresent();
    }
}
