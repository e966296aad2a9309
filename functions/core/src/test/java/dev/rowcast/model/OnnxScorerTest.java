package dev.rowcast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.output.Predicted;
import dev.rowcast.model.output.Scores;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxScorerTest {

    private static OnnxScorer scorer;

    @BeforeAll
    static void load() {
        scorer = OnnxScorer.load(ShippedModel.FILE);
    }

    @AfterAll
    static void close() {
        scorer.close();
    }

    /// Rows of any values: what a category is not known, what a number is absurd, what is missing.
    private static FeatureRow anyRow(Random random) {
        int numbers = 0;
        int categories = 0;
        float[] number = new float[4];
        String[] category = new String[15];
        for (Feature feature : scorer.contract().features()) {
            switch (feature) {
                case Feature.Numeric _, Feature.Temporal _ ->
                    number[numbers++] = random.nextInt(10) == 0 ? Float.NaN : random.nextFloat(-10, 10_000);
                case Feature.Category known ->
                    category[categories++] = switch (random.nextInt(10)) {
                        case 0 -> "";
                        case 1 -> "unheard of 😀";
                        default ->
                            known.categories()
                                    .get(random.nextInt(known.categories().size()));
                    };
            }
        }
        return new FeatureRow(number, category);
    }

    private static List<FeatureRow> anyRows(int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToObj(i -> anyRow(random)).toList();
    }

    /// The probability of each row.
    private static float[] score(List<FeatureRow> rows) {
        Scores scores = scorer.score(rows);
        float[] probabilities = new float[scores.size()];
        for (int row = 0; row < probabilities.length; row++) {
            probabilities[row] = ((Predicted.Binary) scores.predicted(row)).probability();
        }
        return probabilities;
    }

    @Test
    void noRowsHaveNoScores() {
        assertThat(scorer.score(List.of()).size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 256, 1000})
    void scoreOfARowDoesNotDependOnItsBatch(int size) {
        List<FeatureRow> rows = anyRows(size, 7);

        float[] together = score(rows);

        assertThat(together).hasSize(size);
        for (int i = 0; i < size; i++) {
            assertThat(together[i]).isBetween(0f, 1f).isEqualTo(score(List.of(rows.get(i)))[0]);
        }
    }

    @Test
    void largeBatchLeavesNothingBehindForASmallOne() {
        List<FeatureRow> rows = anyRows(50, 11);
        float[] expected = score(rows);
        score(anyRows(300, 12));

        assertThat(score(rows)).isEqualTo(expected);
        assertThat(score(rows.subList(3, 9))).isEqualTo(Arrays.copyOfRange(expected, 3, 9));
    }

    @Test
    void scoresAreNotOverwrittenByTheNextRun() {
        float[] first = score(anyRows(10, 13));
        float[] copy = first.clone();
        score(anyRows(10, 14));

        assertThat(first).isEqualTo(copy);
    }

    @Test
    void rowCostsNoMemoryButItsTwoProbabilities() {
        long one = allocatedByRepeatedRunsOf(anyRows(1, 29));
        long many = allocatedByRepeatedRunsOf(anyRows(1001, 31));

        assertThat((many - one) / 100.0 / 1000).as("bytes a row").isLessThan(2 * Float.BYTES + 1);
    }

    private static long allocatedByRepeatedRunsOf(List<FeatureRow> rows) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        scorer.score(rows);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int run = 0; run < 100; run++) {
            scorer.score(rows);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void manyThreadsShareOneScorer() throws Exception {
        List<FeatureRow> rows = anyRows(200, 17);
        float[] expected = score(rows);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int t = 0; t < 64; t++) {
                int from = t * 2;
                int to = from + 1 + t;
                tasks.add(() -> Arrays.equals(score(rows.subList(from, to)), Arrays.copyOfRange(expected, from, to)));
            }
            for (Future<Boolean> same : threads.invokeAll(tasks)) {
                assertThat(same.get()).isTrue();
            }
        }
    }

    @Test
    void rowOfAnotherModelIsRefusedAndTheScorerGoesOn() {
        FeatureRow other = new FeatureRow(new float[3], new String[0]);
        List<FeatureRow> good = anyRows(2, 19);
        float[] expected = score(good);

        assertThatThrownBy(() -> score(List.of(good.getFirst(), other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 has 3 numbers and 0 categories, the model takes 4 and 15");
        assertThat(score(good)).isEqualTo(expected);
    }

    @Test
    void rowThatIsNullIsRefusedBeforeItReachesTheRuntime() {
        assertThatThrownBy(() -> score(Collections.singletonList(null))).isInstanceOf(NullPointerException.class);
    }

    @Test
    void closedScorerRefuses() {
        OnnxScorer closed = OnnxScorer.load(ShippedModel.FILE);
        List<FeatureRow> rows = anyRows(1, 23);
        closed.score(rows);
        closed.close();
        closed.close();

        assertThatThrownBy(() -> closed.score(rows))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }
}
