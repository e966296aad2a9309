package dev.rowcast.model.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The floats that a graph returned for the rows of a batch.
public final class Scores {

    // Shares of trees, added up as floats, can pass 1 by as much.
    private static final float ROUNDING = 1e-5f;

    /// The largest difference between 1 and the sum of all probabilities of a row.
    private static final float SUM_TOLERANCE = 1e-3f;

    private final Output output;
    private final float[] values;
    private final float[] bounds;

    /// @param output the meaning of the floats
    /// @param values the tensor, row by row; shared, so it must not be changed
    /// @param bounds the tensor of the interval, row by row; empty without an interval; shared, too
    public Scores(Output output, float[] values, float[] bounds) {
        this.output = output;
        this.values = values;
        this.bounds = bounds;
    }

    /// The number of rows.
    public int size() {
        return values.length / output.width();
    }

    /// The value of the graph's output in a row and a column.
    public float value(int row, int column) {
        return values[row * output.width() + column];
    }

    /// Why the floats of a row are no prediction; empty if they are one. The fault is the model's,
    /// not the row's.
    public Optional<String> fault(int row) {
        return switch (output) {
            case Output.Binary binary -> probability(value(row, binary.column()));
            case Output.Multiclass classes -> distribution(row, classes);
            case Output.Regression _ -> number(row);
        };
    }

    /// The prediction for a row without a [fault][#fault].
    public Predicted predicted(int row) {
        return switch (output) {
            case Output.Binary binary -> {
                float probability = limited(value(row, binary.column()));
                yield new Predicted.Binary(probability, binary.labelOf(probability));
            }
            case Output.Multiclass classes -> mostProbable(row, classes);
            case Output.Regression regression ->
                new Predicted.Regression(value(row, 0), regression.interval().map(_ -> bounds(row)));
        };
    }

    /// Returns whether a float is a probability, possibly rounded.
    private static boolean isProbability(float value) {
        return value >= -ROUNDING && value <= 1 + ROUNDING;
    }

    private static float limited(float probability) {
        return Math.clamp(probability, 0f, 1f);
    }

    private static Optional<String> probability(float value) {
        return isProbability(value) ? Optional.empty() : Optional.of(value + ", which is no probability");
    }

    private Optional<String> distribution(int row, Output.Multiclass classes) {
        float sum = 0;
        for (int column = 0; column < classes.width(); column++) {
            float value = value(row, column);
            if (!isProbability(value)) {
                return Optional.of(value + " for " + classes.classes().get(column) + ", which is no probability");
            }
            sum += value;
        }
        return Math.abs(sum - 1) <= SUM_TOLERANCE
                ? Optional.empty()
                : Optional.of("probabilities whose sum is " + sum + " and not 1");
    }

    private Optional<String> number(int row) {
        float value = value(row, 0);
        if (!Float.isFinite(value)) {
            return Optional.of(value + ", which is no finite number");
        }
        if (bounds.length == 0) {
            return Optional.empty();
        }
        Predicted.Bounds interval = bounds(row);
        boolean isInside = Float.isFinite(interval.lower())
                && Float.isFinite(interval.upper())
                && interval.lower() <= value
                && value <= interval.upper();
        return isInside
                ? Optional.empty()
                : Optional.of(
                        value + ", which is not in its interval from " + interval.lower() + " to " + interval.upper());
    }

    private Predicted.Bounds bounds(int row) {
        int first = row * Output.Interval.WIDTH;
        return new Predicted.Bounds(bounds[first], bounds[first + 1]);
    }

    /// The first one of equally probable labels.
    private Predicted.Multiclass mostProbable(int row, Output.Multiclass classes) {
        List<Float> probabilities = new ArrayList<>(classes.width());
        int place = 0;
        for (int column = 0; column < classes.width(); column++) {
            probabilities.add(limited(value(row, column)));
            if (probabilities.get(column) > probabilities.get(place)) {
                place = column;
            }
        }
        return new Predicted.Multiclass(probabilities, place, classes.classes().get(place));
    }
}
