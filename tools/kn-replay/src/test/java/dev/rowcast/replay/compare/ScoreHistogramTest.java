package dev.rowcast.replay.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowcast.model.output.Histogram;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.output.Predicted;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreHistogramTest {

    @Test
    void scoreBelongsToTheBinThatBeginsAtOrBelowIt() {
        ScoreHistogram histogram = of(0, 0.05, 0.1, 0.55, 0.999, 1);

        assertThat(histogram.count(0)).isEqualTo(2);
        assertThat(histogram.count(1)).isEqualTo(1);
        assertThat(histogram.count(5)).isEqualTo(1);
        assertThat(histogram.count(9)).isEqualTo(2);
        assertThat(histogram.total()).isEqualTo(6);
        assertThat(histogram.bins().names()).hasSize(10).startsWith("0.0–0.1").endsWith("0.9–1.0");
    }

    @Test
    void labelsHaveABinEach() {
        Output output = new Output.Multiclass("p", "", List.of("a", "b", "c"), List.of(1L, 1L, 1L));
        ScoreHistogram histogram = new ScoreHistogram(ScoreHistogram.Bins.of(output));
        histogram.add(new Predicted.Multiclass(List.of(0.1f, 0.2f, 0.7f), 2, "c"));

        assertThat(histogram.bins().names()).containsExactly("a", "b", "c");
        assertThat(histogram.count(2)).isEqualTo(1);
    }

    @Test
    void numbersBelongToTheBinsOfTheTrainingData() {
        Histogram training = new Histogram(List.of(0.0, 0.125, 20_000.4, 30_000.0), List.of(1L, 2L, 3L));
        Output output = new Output.Regression("v", "", Optional.empty(), training, Optional.empty());
        ScoreHistogram histogram = new ScoreHistogram(ScoreHistogram.Bins.of(output));
        for (float number : new float[] {-7, 0.125f, 1, 1e9f}) {
            histogram.add(new Predicted.Regression(number, Optional.empty()));
        }

        assertThat(histogram.bins().names()).containsExactly("0.0–0.125", "0.125–20000", "20000–30000");
        assertThat(List.of(histogram.count(0), histogram.count(1), histogram.count(2)))
                .containsExactly(1L, 2L, 1L);
    }

    /// A: 1/2 and 1/2. B: 1/5 and 4/5, as in PsiTest.
    @Test
    void psiIsComputedFromTheBins() {
        ScoreHistogram a = of(0.05, 0.95);
        ScoreHistogram b = of(0.05, 0.95, 0.95, 0.95, 0.95);

        assertThat(ScoreHistogram.psi(a, b)).isCloseTo(0.415888, within(1e-6));
    }

    private static ScoreHistogram of(double... scores) {
        Output output = new Output.Binary("p", "", 1, "Yes", "No", 0.5, new Histogram(List.of(0.0, 1.0), List.of(1L)));
        ScoreHistogram histogram = new ScoreHistogram(ScoreHistogram.Bins.of(output));
        for (double score : scores) {
            histogram.add(new Predicted.Binary((float) score, "No"));
        }
        return histogram;
    }
}
