package dev.rowcast.proof.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.output.Predicted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Compares the prediction in a captured row with the audit's own, by the kind of the output.
///
/// @param contract names the columns
record PredictionComparison(ModelContract contract) {

    /// Largest difference of two probabilities, and of two numbers in relation to their size: the
    /// scorers run the same graph with different batch sizes.
    private static final double TOLERANCE = 1e-6;

    private static final JsonMapper JSON = new JsonMapper();

    /// {@return a text for each difference}
    ///
    /// @param row the captured row; a null column is absent
    /// @param expected the audit's own prediction
    List<String> differences(Map<String, String> row, Predicted expected) {
        return switch (expected) {
            case Predicted.Binary(float probability, String _) -> binary(row, probability);
            case Predicted.Multiclass several -> multiclass(row, several);
            case Predicted.Regression number -> regression(row, number);
        };
    }

    private List<String> binary(Map<String, String> row, float expected) {
        List<String> differences = new ArrayList<>();
        Output.Binary output = contract.binary();
        double stored = number(row, "probability");
        compare("probability", stored, expected, differences);
        compare("threshold", number(row, "threshold"), output.threshold(), differences);
        compareLabel(row, output.labelOf((float) stored), "at " + stored, differences);
        return differences;
    }

    private List<String> multiclass(Map<String, String> row, Predicted.Multiclass expected) {
        List<String> differences = new ArrayList<>();
        List<String> classes = ((Output.Multiclass) contract.output()).classes();
        JsonNode stored = json(row.getOrDefault(column("probabilities"), "{}"));
        String mostProbable = classes.getFirst();
        for (int place = 0; place < classes.size(); place++) {
            String label = classes.get(place);
            double probability = stored.path(label).asDouble(Double.NaN);
            compare(
                    "probability of " + label,
                    probability,
                    expected.probabilities().get(place),
                    differences);
            mostProbable = probability > stored.path(mostProbable).asDouble() ? label : mostProbable;
        }
        if (stored.size() != classes.size()) {
            differences.add("probabilities are " + stored + ", not those of " + classes);
        }
        compareLabel(row, mostProbable, "at " + stored, differences);
        compare(
                "probability",
                number(row, "probability"),
                stored.path(mostProbable).asDouble(),
                differences);
        return differences;
    }

    private List<String> regression(Map<String, String> row, Predicted.Regression expected) {
        List<String> differences = new ArrayList<>();
        compare("prediction", number(row, "prediction"), expected.value(), differences);
        expected.bounds().ifPresent(bounds -> {
            compare("lower", number(row, "lower"), bounds.lower(), differences);
            compare("upper", number(row, "upper"), bounds.upper(), differences);
        });
        return differences;
    }

    private void compareLabel(Map<String, String> row, String expected, String where, List<String> differences) {
        String stored = row.get(column("prediction"));
        if (!Objects.equals(stored, expected)) {
            differences.add("prediction is " + stored + " " + where);
        }
    }

    /// A number that is absent is NaN, which equals no number.
    private static void compare(String what, double stored, double expected, List<String> differences) {
        if (!(Math.abs(stored - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
            differences.add(what + " is " + stored + ", not " + expected);
        }
    }

    private double number(Map<String, String> row, String suffix) {
        return Stream.ofNullable(row.get(column(suffix)))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElse(Double.NaN);
    }

    private String column(String suffix) {
        return contract.label().name() + "_" + suffix;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("a jsonb column contains " + text, notJson);
        }
    }
}
