package dev.rowcast.replay.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
        assertThat(ScoreHistogram.name(0)).isEqualTo("0.0–0.1");
        assertThat(ScoreHistogram.name(9)).isEqualTo("0.9–1.0");
    }

    /// A: 1/2 and 1/2. B: 1/5 and 4/5, as in PsiTest.
    @Test
    void psiIsComputedFromTheBins() {
        ScoreHistogram a = of(0.05, 0.95);
        ScoreHistogram b = of(0.05, 0.95, 0.95, 0.95, 0.95);

        assertThat(ScoreHistogram.psi(a, b)).isCloseTo(0.415888, within(1e-6));
    }

    private static ScoreHistogram of(double... scores) {
        ScoreHistogram histogram = new ScoreHistogram();
        for (double score : scores) {
            histogram.add(score);
        }
        return histogram;
    }
}
