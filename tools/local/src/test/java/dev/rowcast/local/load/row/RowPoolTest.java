package dev.rowcast.local.load.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Row;
import dev.rowcast.drift.Bins;
import dev.rowcast.drift.Psi;
import dev.rowcast.drift.Shift;
import dev.rowcast.model.FeatureReader;
import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.output.Scores;
import dev.rowcast.outcome.Step;
import dev.rowcast.testkit.folder.Checkout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowPoolTest {

    private static final int CHANGES = 3_000;

    @Test
    void noColumnOfAQuietDemoShiftsNorDoesItsPrediction() {
        try (OnnxScorer scorer = scorer()) {
            ChangeSequence pooled = new ChangeSequence(pool(scorer), 2_000, 1);
            ChangeSequence drawn = new ChangeSequence(factory(), 2_000, 1);

            assertThat(shifts(scorer, pooled))
                    .allSatisfy(
                            shift -> assertThat(shift.psi()).as(shift.column()).isLessThan(Psi.SOME));
            assertThat(shifts(scorer, drawn).getLast().psi())
                    .as("columns that are drawn on their own shift the prediction")
                    .isGreaterThan(Psi.LARGE);
        }
    }

    @Test
    void sameSeedGivesTheSameRows() {
        try (OnnxScorer scorer = scorer()) {
            assertThat(rows(pool(scorer))).isEqualTo(rows(pool(scorer)));
        }
    }

    @Test
    void aChangedRowDiffersFromTheRow() {
        try (OnnxScorer scorer = scorer()) {
            RowPool pool = pool(scorer);
            SplittableRandom random = new SplittableRandom(5);
            Map<String, String> row = pool.row(random);
            for (int change = 0; change < 100; change++) {
                Map<String, String> changed = pool.changed(row, random);
                assertThat(changed).isNotEqualTo(row);
                row = changed;
            }
        }
    }

    private static List<Map<String, String>> rows(RowPool pool) {
        SplittableRandom random = new SplittableRandom(3);
        return Stream.generate(() -> pool.row(random)).limit(50).toList();
    }

    private static List<Shift> shifts(OnnxScorer scorer, ChangeSequence changes) {
        FeatureReader reader = new FeatureReader(scorer.contract());
        List<FeatureRow> features = new ArrayList<>();
        for (int change = 0; change < CHANGES; change++) {
            switch (changes.next()) {
                case RowChange.Insert insert -> add(features, reader, scorer, insert.values());
                case RowChange.Update update -> add(features, reader, scorer, update.values());
                case RowChange.Delete _ -> {}
            }
        }
        Scores scores = scorer.score(features);
        Bins bins = Bins.of(scorer.contract());
        List<long[]> training = bins.training();
        long[][] counts = training.stream().map(bin -> new long[bin.length]).toArray(long[][]::new);
        for (int row = 0; row < features.size(); row++) {
            int[] places = bins.places(features.get(row), scores.predicted(row));
            for (int column = 0; column < places.length; column++) {
                counts[column][places[column]]++;
            }
        }
        return bins.shifts(Stream.of(counts).flatMapToLong(Arrays::stream).toArray());
    }

    private static void add(
            List<FeatureRow> features, FeatureReader reader, OnnxScorer scorer, Map<String, String> values) {
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        scorer.contract().features().forEach(feature -> columns.put(feature.column(), values.get(feature.column())));
        if (reader.read(new Row(columns)) instanceof Step.Next<FeatureRow>(FeatureRow read)) {
            features.add(read);
        }
    }

    private static OnnxScorer scorer() {
        return OnnxScorer.load(Checkout.find().resolve("trainer-notebook/model/churn.onnx"));
    }

    private static RowFactory factory() {
        return new RowFactory(LoadContracts.churn(), LoadContracts.churnTable());
    }

    private static RowPool pool(OnnxScorer scorer) {
        return new RowPool(factory(), scorer, 1);
    }
}
