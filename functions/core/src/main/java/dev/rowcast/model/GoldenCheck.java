package dev.rowcast.model;

import dev.rowcast.model.output.Output;
import dev.rowcast.model.output.Predicted;
import dev.rowcast.model.output.Scores;
import java.util.Optional;

/// Compares the graph's output for golden rows with the predictions in training.
///
/// @param output the kind of the output
/// @param scores the graph's output for the golden rows
record GoldenCheck(Output output, Scores scores) {

    /// The largest difference of a score. Runtimes add up the trees in different orders, which causes less.
    static final double TOLERANCE = 1e-5;

    /// The difference of a row; empty if there is none.
    Optional<String> problem(int row, Predicted expected) {
        Optional<String> fault = scores.fault(row).map(found -> "the graph gives " + found);
        if (fault.isPresent()) {
            return fault;
        }
        return switch (scores.predicted(row)) {
            case Predicted.Binary found -> binary(row, found, (Predicted.Binary) expected);
            case Predicted.Multiclass found -> multiclass(found, (Predicted.Multiclass) expected);
            case Predicted.Regression found -> regression(found, (Predicted.Regression) expected);
        };
    }

    private Optional<String> binary(int row, Predicted.Binary found, Predicted.Binary expected) {
        Optional<String> difference = difference("", found.probability(), expected.probability(), TOLERANCE);
        if (difference.isPresent()) {
            return difference;
        }
        float first = scores.value(row, 0);
        float second = scores.value(row, 1);
        if (!(Math.abs(first + second - 1) <= TOLERANCE)) {
            return Optional.of(
                    "the graph's two probabilities are " + first + " and " + second + ", which do not add up to 1");
        }
        return label(found.probability() + " is " + found.label() + " by label and output.threshold", found, expected);
    }

    private Optional<String> multiclass(Predicted.Multiclass found, Predicted.Multiclass expected) {
        Output.Multiclass classes = (Output.Multiclass) output;
        for (int place = 0; place < classes.width(); place++) {
            Optional<String> difference = difference(
                    " for " + classes.classes().get(place),
                    found.probabilities().get(place),
                    expected.probabilities().get(place),
                    TOLERANCE);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return label(found.probabilities() + " is " + found.label() + " by label.classes", found, expected);
    }

    private static Optional<String> regression(Predicted.Regression found, Predicted.Regression expected) {
        double tolerance = TOLERANCE * Math.max(1, Math.abs(expected.value()));
        return difference("", found.value(), expected.value(), tolerance)
                .or(() -> found.bounds()
                        .flatMap(bounds -> difference(
                                " as lower bound",
                                bounds.lower(),
                                expected.bounds().orElseThrow().lower(),
                                tolerance)))
                .or(() -> found.bounds()
                        .flatMap(bounds -> difference(
                                " as upper bound",
                                bounds.upper(),
                                expected.bounds().orElseThrow().upper(),
                                tolerance)));
    }

    private static Optional<String> difference(String what, float found, float expected, double tolerance) {
        return Math.abs((double) found - expected) <= tolerance
                ? Optional.empty()
                : Optional.of("the graph gives " + found + what + ", in training it was " + expected);
    }

    private static Optional<String> label(String sentence, Predicted found, Predicted expected) {
        return found.text().equals(expected.text())
                ? Optional.empty()
                : Optional.of("the label of " + sentence + ", in training it was " + expected.text());
    }
}
