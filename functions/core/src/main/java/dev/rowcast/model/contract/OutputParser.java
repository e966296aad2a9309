package dev.rowcast.model.contract;

import dev.rowcast.change.Row;
import dev.rowcast.model.contract.Proof.Golden;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.output.Predicted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parses what depends on the kind of a contract's output: label, output, metrics and golden rows.
final class OutputParser {

    private static final int LEAST_CLASSES = 3;

    private OutputParser() {}

    /// @param root the whole contract
    static Output output(ContractField root) {
        ContractField label = root.object("label");
        ContractField output = root.object("output");
        String kind = output.has("kind") ? output.text("kind") : "binary";
        return switch (kind) {
            case "binary" -> binary(label, output);
            case "multiclass" -> multiclass(label, output);
            case "regression" -> regression(output);
            default -> throw output.fault("kind", "expected binary, multiclass or regression, found \"" + kind + "\"");
        };
    }

    private static Output binary(ContractField label, ContractField output) {
        String positive = label.text("positive");
        String negative = label.text("negative");
        if (positive.equals(negative)) {
            throw label.fault("negative", "expected another value than label.positive, found " + negative);
        }
        double threshold = output.number("threshold");
        if (threshold <= 0 || threshold >= 1) {
            throw output.fault("threshold", "expected a probability between 0 and 1, found " + threshold);
        }
        return new Output.Binary(
                output.text("tensor"),
                output.text("meaning"),
                output.count("column", 0, 1),
                positive,
                negative,
                threshold,
                output.object("histogram").histogram());
    }

    private static Output multiclass(ContractField label, ContractField output) {
        output.refuse("a model of several classes has none", "column", "threshold", "interval", "unit");
        List<String> classes = label.differentTexts("classes", "class");
        if (classes.size() < LEAST_CLASSES) {
            throw label.fault("classes", "expected three or more classes, found " + classes.size());
        }
        return new Output.Multiclass(
                output.text("tensor"),
                output.text("meaning"),
                classes,
                output.object("histogram").counts("counts", classes.size(), "classes"));
    }

    private static Output regression(ContractField output) {
        output.refuse("a model of a number has none", "column", "threshold");
        Optional<String> unit = output.has("unit") ? Optional.of(output.text("unit")) : Optional.empty();
        return new Output.Regression(
                output.text("tensor"),
                output.text("meaning"),
                unit,
                output.object("histogram").histogram(),
                output.has("interval") ? Optional.of(interval(output)) : Optional.empty());
    }

    private static Output.Interval interval(ContractField output) {
        ContractField interval = output.object("interval");
        double coverage = interval.number("coverage");
        if (coverage <= 0 || coverage >= 1) {
            throw interval.fault("coverage", "expected a share between 0 and 1, found " + coverage);
        }
        if (interval.text("tensor").equals(output.text("tensor"))) {
            throw interval.fault("tensor", "expected another output of the graph than output.tensor");
        }
        return new Output.Interval(interval.text("tensor"), coverage);
    }

    /// The metrics that a contract must have.
    static List<String> requiredMetrics(Output output) {
        return switch (output) {
            case Output.Binary _ -> List.of("roc_auc", "roc_auc_sd", "brier");
            case Output.Multiclass _ -> List.of("accuracy", "accuracy_sd", "log_loss");
            case Output.Regression _ -> List.of("rmse", "rmse_sd", "mae", "r2");
        };
    }

    static Golden golden(ContractField golden, Output output) {
        Row row = golden.row("row");
        return new Golden(
                row,
                switch (output) {
                    case Output.Binary _ ->
                        new Predicted.Binary((float) golden.probability("probability"), golden.text("label"));
                    case Output.Multiclass classes -> multiclass(golden, classes);
                    case Output.Regression regression ->
                        new Predicted.Regression(
                                (float) golden.number("value"),
                                regression.interval().map(_ -> bounds(golden)));
                });
    }

    private static Predicted multiclass(ContractField golden, Output.Multiclass classes) {
        List<Float> probabilities = new ArrayList<>();
        for (ContractField probability : golden.elements("probabilities")) {
            probabilities.add((float) probability.asProbability());
        }
        if (probabilities.size() != classes.width()) {
            throw golden.fault(
                    "probabilities",
                    "expected one for each of " + classes.width() + " classes, found " + probabilities.size());
        }
        String label = golden.text("label");
        int place = classes.classes().indexOf(label);
        if (place < 0) {
            throw golden.fault("label", "expected one of " + classes.classes() + ", found " + label);
        }
        return new Predicted.Multiclass(probabilities, place, label);
    }

    private static Predicted.Bounds bounds(ContractField golden) {
        return new Predicted.Bounds((float) golden.number("lower"), (float) golden.number("upper"));
    }
}
