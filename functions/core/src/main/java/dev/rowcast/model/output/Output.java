package dev.rowcast.model.output;

import dev.rowcast.model.sql.SqlType;
import java.util.List;
import java.util.Optional;

/// The output of a model and its meaning.
public sealed interface Output {

    /// The name of the graph's output, a float tensor with one row for each scored row.
    String tensor();

    /// The output in words.
    String meaning();

    /// The number of the tensor's columns.
    int width();

    /// The name of this kind in a contract.
    String kind();

    /// The probability of one of two labels.
    ///
    /// @param tensor the graph's output
    /// @param meaning the probability in words
    /// @param column the column of the tensor that has the probability
    /// @param positive the label at or above the threshold
    /// @param negative the label below the threshold
    /// @param threshold the probability from which the label is positive, 0 to 1
    /// @param histogram the distribution of the probability in training
    record Binary(
            String tensor,
            String meaning,
            int column,
            String positive,
            String negative,
            double threshold,
            Histogram histogram)
            implements Output {

        @Override
        public int width() {
            return 2;
        }

        @Override
        public String kind() {
            return "binary";
        }

        /// The label of a probability.
        public String labelOf(float probability) {
            return probability >= threshold ? positive : negative;
        }
    }

    /// The probability of each of three or more labels.
    ///
    /// @param tensor the graph's output
    /// @param meaning the probabilities in words
    /// @param classes the labels, in the order of the tensor's columns
    /// @param counts how often each label was predicted in training, in the same order
    record Multiclass(String tensor, String meaning, List<String> classes, List<Long> counts) implements Output {
        /// Copies the lists.
        public Multiclass {
            classes = List.copyOf(classes);
            counts = List.copyOf(counts);
        }

        @Override
        public int width() {
            return classes.size();
        }

        @Override
        public String kind() {
            return "multiclass";
        }
    }

    /// A number.
    ///
    /// @param tensor the graph's output
    /// @param meaning the number in words
    /// @param unit the unit of the number; empty if it has none
    /// @param histogram the distribution of the number in training
    /// @param interval the output with an interval for the number; empty if the graph has none
    record Regression(
            String tensor, String meaning, Optional<String> unit, Histogram histogram, Optional<Interval> interval)
            implements Output {

        @Override
        public int width() {
            return 1;
        }

        @Override
        public String kind() {
            return "regression";
        }
    }

    /// The graph's output with the lower and the upper bound of a number.
    ///
    /// @param tensor the graph's output, with two columns
    /// @param coverage the share of rows whose true number is within the bounds, 0 to 1
    record Interval(String tensor, double coverage) {
        /// The number of the tensor's columns.
        public static final int WIDTH = 2;
    }

    /// The type of the label's column in a source table that is created from the contract.
    default SqlType labelType() {
        return switch (this) {
            case Binary _, Multiclass _ -> SqlType.TEXT;
            case Regression _ -> SqlType.DOUBLE;
        };
    }

    /// The second tensor of this output; empty if it has only one.
    default Optional<Interval> bounds() {
        return switch (this) {
            case Binary _, Multiclass _ -> Optional.empty();
            case Regression regression -> regression.interval();
        };
    }
}
