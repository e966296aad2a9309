package dev.rowcast.local.load.row;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Row;
import dev.rowcast.drift.Bins;
import dev.rowcast.model.FeatureReader;
import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.output.Scores;
import dev.rowcast.outcome.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Rows whose predictions are distributed as in training, too.
///
/// A [RowFactory] draws each column on its own, so that the combinations, and the predictions, differ from those of
/// training. The pool scores some thousands of its rows and weights them, column by column and repeatedly, until the
/// weighted rows have the training histogram of each column and of the prediction (iterative proportional fitting).
public final class RowPool implements RowSource {

    private static final int SIZE = 2_500;
    private static final int ROUNDS = 15;
    /// A change replaces a row by the most similar one of so many.
    private static final int CANDIDATES = 12;

    private final RowFactory factory;
    private final List<Map<String, String>> rows = new ArrayList<>();
    private final double[] cumulated;

    /// @param factory draws the rows
    /// @param scorer  the model; used by this constructor only
    /// @param seed    the same seed gives the same pool
    /// @throws IllegalStateException when the model cannot score the rows
    public RowPool(RowFactory factory, OnnxScorer scorer, long seed) {
        this.factory = factory;
        Bins bins = Bins.of(scorer.contract());
        FeatureReader reader = new FeatureReader(scorer.contract());
        SplittableRandom random = new SplittableRandom(seed);
        List<FeatureRow> features = new ArrayList<>();
        for (int drawn = 0; drawn < SIZE; drawn++) {
            Map<String, String> row = factory.row(random);
            if (reader.read(row(row, scorer.contract().features())) instanceof Step.Next<FeatureRow>(FeatureRow read)) {
                rows.add(row);
                features.add(read);
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalStateException("load: the model would reject every generated row");
        }
        Scores scores = scorer.score(features);
        List<int[]> places = IntStream.range(0, rows.size())
                .mapToObj(row -> bins.places(features.get(row), scores.predicted(row)))
                .toList();
        this.cumulated = weights(places, bins.training());
        Arrays.parallelPrefix(cumulated, Double::sum);
    }

    private static Row row(Map<String, String> values, List<Feature> features) {
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        features.forEach(feature -> columns.put(feature.column(), values.get(feature.column())));
        return new Row(columns);
    }

    private static double[] weights(List<int[]> places, List<long[]> training) {
        double[] weights = new double[places.size()];
        Arrays.fill(weights, 1);
        for (int round = 0; round < ROUNDS; round++) {
            for (int column = 0; column < training.size(); column++) {
                fit(weights, places, column, training.get(column));
            }
        }
        return weights;
    }

    /// Gives the bins of one column their shares of training.
    private static void fit(double[] weights, List<int[]> places, int column, long[] training) {
        double[] sums = new double[training.length];
        for (int row = 0; row < weights.length; row++) {
            sums[places.get(row)[column]] += weights[row];
        }
        double total = Arrays.stream(training).sum();
        for (int row = 0; row < weights.length; row++) {
            int bin = places.get(row)[column];
            weights[row] *= training[bin] / total * weights.length / sums[bin];
        }
    }

    @Override
    public List<String> key(SplittableRandom random) {
        return factory.key(random);
    }

    @Override
    public Map<String, String> row(SplittableRandom random) {
        double point = random.nextDouble() * cumulated[cumulated.length - 1];
        int found = Arrays.binarySearch(cumulated, point);
        return rows.get(Math.min(rows.size() - 1, found < 0 ? -found - 1 : found + 1));
    }

    @Override
    public Map<String, String> changed(Map<String, String> row, SplittableRandom random) {
        Map<String, String> nearest = row(random);
        for (int candidate = 1; candidate < CANDIDATES; candidate++) {
            Map<String, String> other = row(random);
            if (!other.equals(row) && (nearest.equals(row) || differences(row, other) < differences(row, nearest))) {
                nearest = other;
            }
        }
        return nearest;
    }

    private static long differences(Map<String, String> a, Map<String, String> b) {
        Set<String> columns = new TreeSet<>(a.keySet());
        columns.addAll(b.keySet());
        return columns.stream()
                .filter(column -> !Objects.equals(a.get(column), b.get(column)))
                .count();
    }
}
