package dev.rowcast.model.output;

import java.util.List;
import java.util.Optional;

/// What a model predicts for a row.
public sealed interface Predicted {

    /// The prediction in the text of the captured table: the label or the number.
    String text();

    /// One of two labels.
    ///
    /// @param probability the probability of the positive label, 0 to 1
    /// @param label the label
    record Binary(float probability, String label) implements Predicted {
        @Override
        public String text() {
            return label;
        }
    }

    /// One of three or more labels.
    ///
    /// @param probabilities the probability of each label, 0 to 1, in the order of the contract
    /// @param place the place of the predicted label in this order
    /// @param label the predicted label
    record Multiclass(List<Float> probabilities, int place, String label) implements Predicted {
        /// Copies the list.
        public Multiclass {
            probabilities = List.copyOf(probabilities);
        }

        /// The probability of the predicted label.
        public float probability() {
            return probabilities.get(place);
        }

        @Override
        public String text() {
            return label;
        }
    }

    /// A number.
    ///
    /// @param value the number, finite
    /// @param bounds the interval around it; empty if the model gives none
    record Regression(float value, Optional<Bounds> bounds) implements Predicted {
        @Override
        public String text() {
            return Float.toString(value);
        }
    }

    /// The interval of a predicted number.
    ///
    /// @param lower at most the number
    /// @param upper at least the number
    record Bounds(float lower, float upper) {}
}
