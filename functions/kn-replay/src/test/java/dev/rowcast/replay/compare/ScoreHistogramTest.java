package dev.rowcast.replay.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoreHistogramTest {

    @Test
    void scoreFallsIntoTheBinThatBeginsAtOrBelowIt() {
        ScoreHistogram histogram = of(0, 0.05, 0.1, 0.55, 0.999, 1);

        assertThat(histogram.count(0)).isEqualTo(2);
        assertThat(histogram.count(1)).isEqualTo(1);
        assertThat(histogram.count(5)).isEqualTo(1);
        assertThat(histogram.count(9)).isEqualTo(2);
        assertThat(histogram.total()).isEqualTo(6);
        assertThat(ScoreHistogram.name(0)).isEqualTo("0.0–0.1");
        assertThat(ScoreHistogram.name(9)).isEqualTo("0.9–1.0");
    }

    @Test
    void equalDistributionsHaveNoShift() {
        assertThat(ScoreHistogram.psi(of(0.1, 0.2, 0.9), of(0.1, 0.2, 0.9))).isZero();
    }

    /// A: half and half. B: one in five and four in five.
    /// (0.2 − 0.5) · ln(0.2 ÷ 0.5) + (0.8 − 0.5) · ln(0.8 ÷ 0.5) = 0.3 · 0.916291 + 0.3 · 0.470004 = 0.415888
    @Test
    void shiftIsTheOneThatAHandCalculates() {
        ScoreHistogram a = of(0.05, 0.95);
        ScoreHistogram b = of(0.05, 0.95, 0.95, 0.95, 0.95);

        assertThat(ScoreHistogram.psi(a, b)).isCloseTo(0.415888, within(1e-6));
        assertThat(ScoreHistogram.psi(b, a)).isCloseTo(0.415888, within(1e-6));
    }

    /// An empty bin counts as one in ten thousand: twice (1 − 0.0001) · ln(10000) = 2 · 0.9999 · 9.210340 = 18.418839
    @Test
    void emptyBinDoesNotMakeItInfinite() {
        assertThat(ScoreHistogram.psi(of(0.05), of(0.95))).isCloseTo(18.418839, within(1e-6));
    }

    @Test
    void nothingScoredIsNoShift() {
        assertThat(ScoreHistogram.psi(of(), of(0.5))).isZero();
    }

    private static ScoreHistogram of(double... scores) {
        ScoreHistogram histogram = new ScoreHistogram();
        for (double score : scores) {
            histogram.add(score);
        }
        return histogram;
    }
}
