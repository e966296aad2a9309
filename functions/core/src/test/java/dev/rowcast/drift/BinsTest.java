package dev.rowcast.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowcast.drift.LiveCounts.ScoredRow;
import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.SmallContract;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Predicted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinsTest {

    private static final String CONTRACT = SmallContract.of("""
        [ { "name": "months", "type": "number", "missing": "impute",
            "histogram": { "edges": [0, 1.5, 3], "counts": [300, 100], "missing": 0 } },
          { "name": "plan", "type": "category", "categories": ["gold", "silver"], "missing": "impute",
            "histogram": { "counts": [100, 200], "missing": 100 } } ]\
        """, 200, 200);

    /// months: below 1.5, from 1.5, missing; plan: gold, silver, other, missing; probability: below 0.5, from 0.5
    private final Bins bins = Bins.of(ModelContract.parse(CONTRACT));

    @Test
    void everyRowIsCountedOnceInEachColumn() {
        assertThat(counted(row(1, "silver", 0.1f))).containsExactly(1, 0, 0, 0, 1, 0, 0, 1, 0);
        assertThat(counted(row(1, "silver", 0.1f), row(2, "gold", 0.6f))).containsExactly(1, 1, 0, 1, 1, 0, 0, 1, 1);
    }

    @Test
    void anEdgeBelongsToTheBinAboveIt() {
        assertThat(counted(row(1.5f, "gold", 0.5f))).containsExactly(0, 1, 0, 1, 0, 0, 0, 0, 1);
    }

    @Test
    void whatLiesBeyondTheEndsBelongsToTheFirstAndTheLastBin() {
        assertThat(counted(row(-7, "gold", 0), row(1e9f, "gold", 1))).containsExactly(1, 1, 0, 2, 0, 0, 0, 1, 1);
    }

    @Test
    void missingAndUnknownValuesHaveTheirOwnBins() {
        assertThat(counted(row(Float.NaN, "", 0.1f), row(1, "bronze", 0.1f)))
                .containsExactly(1, 0, 1, 0, 0, 1, 1, 2, 0);
    }

    /// age: one bin, missing; month, born, code (a, b, other, missing), weight; ends: stays, moves, leaves
    @Test
    void predictedLabelOfSeveralIsCountedInItsBin() {
        Bins classes = Bins.of(ModelContract.parse(SmallContract.CLASSES));
        FeatureRow row = new FeatureRow(new float[] {100, 5, Float.NaN, 2}, new String[] {"b"});
        LiveCounts live = new LiveCounts(classes);
        live.add(List.of(
                new ScoredRow(row, new Predicted.Multiclass(List.of(0.1f, 0.2f, 0.7f), 2, "leaves")),
                new ScoredRow(row, new Predicted.Multiclass(List.of(0.8f, 0.2f, 0f), 0, "stays"))));

        assertThat(live.take()).containsExactly(2, 0, 2, 0, 0, 2, 0, 2, 0, 0, 2, 0, 1, 0, 1);
        assertThat(classes.shifts(new long[] {7, 1, 7, 1, 8, 0, 4, 4, 0, 0, 8, 0, 1, 2, 5}))
                .last()
                .satisfies(shift -> {
                    assertThat(shift.column()).isEqualTo("ends_prediction");
                    assertThat(shift.psi()).isEqualTo(2 * 0.5 * Math.log(5), within(1e-9));
                });
    }

    @Test
    void predictedNumberIsCountedInTheBinsOfTraining() {
        Bins numbers = Bins.of(ModelContract.parse(SmallContract.NUMBER));
        FeatureRow row = new FeatureRow(new float[] {100, 5, 1, 2}, new String[] {""});
        LiveCounts live = new LiveCounts(numbers);
        live.add(List.of(
                new ScoredRow(row, new Predicted.Regression(99, Optional.empty())),
                new ScoredRow(row, new Predicted.Regression(5000, Optional.empty()))));

        assertThat(live.take()).endsWith(1, 1);
        assertThat(numbers.shifts(new long[numbers.size()])).last().returns("price_prediction", Shift::column);
    }

    @Test
    void rowsLikeThoseOfTrainingHaveNoShift() {
        List<Shift> shifts = bins.shifts(new long[] {300, 100, 0, 100, 200, 0, 100, 200, 200});

        assertThat(shifts)
                .containsExactly(
                        new Shift("months", 400, 0),
                        new Shift("plan", 400, 0),
                        new Shift("leaves_probability", 400, 0));
    }

    /// months was three quarters and one quarter and is the other way round: 2 · 0.5 · ln 3 = 1.098612
    @Test
    void theColumnThatMovedIsTheOneThatIsNamed() {
        List<Shift> shifts = bins.shifts(new long[] {100, 300, 0, 100, 200, 0, 100, 200, 200});

        assertThat(shifts)
                .filteredOn(shift -> shift.psi() > Psi.SOME)
                .singleElement()
                .satisfies(shift -> {
                    assertThat(shift.column()).isEqualTo("months");
                    assertThat(shift.psi()).isEqualTo(Math.log(3), within(1e-9));
                });
    }

    @Test
    void anIndexOfAFewRowsIsNotKnown() {
        assertThat(new Shift("plan", 199, 3).isKnown()).isFalse();
        assertThat(new Shift("plan", 200, 3).isKnown()).isTrue();
    }

    @Test
    void otherEdgesOrCategoriesAreOtherBins() {
        String digest = bins.digest();

        assertThat(digest).matches("[0-9a-f]{12}");
        assertThat(Bins.of(ModelContract.parse(CONTRACT)).digest()).isEqualTo(digest);
        assertThat(Bins.of(ModelContract.parse(CONTRACT.replace("1.5", "1.6"))).digest())
                .isNotEqualTo(digest);
        assertThat(Bins.of(ModelContract.parse(CONTRACT.replace("\"gold\"", "\"bronze\"")))
                        .digest())
                .isNotEqualTo(digest);
        assertThat(Bins.of(ModelContract.parse(CONTRACT.replace("[300, 100]", "[1, 2]")))
                        .digest())
                .isEqualTo(digest);
    }

    @Test
    void whoTakesTheCountsBeginsThemAnew() {
        LiveCounts live = new LiveCounts(bins);
        live.add(List.of(row(1, "gold", 0.1f), row(1, "gold", 0.1f)));

        assertThat(live.rows()).isEqualTo(2);
        assertThat(live.take()).containsExactly(2, 0, 0, 2, 0, 0, 0, 2, 0);
        assertThat(live.rows()).isZero();
        assertThat(live.take()).containsOnly(0);
    }

    @Test
    void noRowIsLostOrCountedTwiceWhileManyCountAndOneTakes() throws InterruptedException {
        int each = 10_000;
        LiveCounts live = new LiveCounts(bins);
        List<Thread> counting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            counting.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < each; n++) {
                    live.add(List.of(row(n % 4, "gold", 0.9f)));
                }
            }));
        }
        long[] sum = new long[bins.size()];
        while (counting.stream().anyMatch(Thread::isAlive)) {
            addTo(sum, live.take());
        }
        addTo(sum, live.take());

        assertThat(sum).containsExactly(2L * each, 2L * each, 0, 4L * each, 0, 0, 0, 0, 4L * each);
    }

    private long[] counted(ScoredRow... rows) {
        LiveCounts live = new LiveCounts(bins);
        live.add(List.of(rows));
        return live.take();
    }

    private static void addTo(long[] sum, long[] counts) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += counts[i];
        }
    }

    private static ScoredRow row(float months, String plan, float score) {
        return new ScoredRow(
                new FeatureRow(new float[] {months}, new String[] {plan}), new Predicted.Binary(score, ""));
    }
}
