package dev.rowcast.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PsiTest {

    @Test
    void equalSharesHaveNoShiftHoweverManyRowsThereAre() {
        assertThat(Psi.of(counts(1, 2, 3), counts(10, 20, 30))).isZero();
    }

    /// A: half and half. B: one in five and four in five.
    /// (0.2 − 0.5) · ln(0.2 ÷ 0.5) + (0.8 − 0.5) · ln(0.8 ÷ 0.5) = 0.3 · 0.916291 + 0.3 · 0.470004 = 0.415888
    @Test
    void shiftIsTheOneThatAHandCalculates() {
        assertThat(Psi.of(counts(1, 1), counts(1, 4))).isCloseTo(0.415888, within(1e-6));
        assertThat(Psi.of(counts(1, 4), counts(1, 1))).isCloseTo(0.415888, within(1e-6));
    }

    /// An empty bin counts as one in ten thousand: twice (1 − 0.0001) · ln(10000) = 2 · 0.9999 · 9.210340 = 18.418839
    @Test
    void emptyBinDoesNotMakeItInfinite() {
        assertThat(Psi.of(counts(1, 0), counts(0, 1))).isCloseTo(18.418839, within(1e-6));
    }

    @Test
    void nothingCountedIsNoShift() {
        assertThat(Psi.of(counts(0, 0), counts(3, 4))).isZero();
        assertThat(Psi.of(counts(3, 4), counts(0, 0))).isZero();
    }

    @Test
    void otherBinsAreNoSubjectOfComparison() {
        assertThatThrownBy(() -> Psi.of(counts(1), counts(1, 2))).hasMessage("1 bins cannot be compared with 2");
    }

    private static long[] counts(long... counts) {
        return counts;
    }
}
