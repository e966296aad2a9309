package dev.rowcast.retention.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rowcast.model.output.RuleKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A prediction and what the rule compared it with, as columns of the case table and fields of its event.
///
/// @param columns the values by the names of their columns; those of the rule, see [Rule#scoreColumns]
public record Score(SequencedMap<String, JsonNode> columns) {

    private static final String PREDICTION = RuleKind.Score.PREDICTION.column();
    private static final String PROBABILITY = RuleKind.Score.PROBABILITY.column();
    private static final String THRESHOLD = RuleKind.Score.THRESHOLD.column();
    private static final String BOUND = RuleKind.Score.BOUND.column();
    static final String MODEL_VERSION = "model_version";

    /// Makes the columns unmodifiable.
    public Score {
        columns = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(columns));
    }

    /// The score of a binary label.
    ///
    /// @param probability the probability of the positive label, 0 to 1
    /// @param threshold the lowest probability that opens a case, 0 to 1
    /// @param modelVersion the version of the model that scored
    public static Score ofProbability(double probability, double threshold, String modelVersion) {
        SequencedMap<String, JsonNode> columns = new LinkedHashMap<>();
        columns.put(PROBABILITY, DoubleNode.valueOf(probability));
        columns.put(THRESHOLD, DoubleNode.valueOf(threshold));
        columns.put(MODEL_VERSION, TextNode.valueOf(modelVersion));
        return new Score(columns);
    }

    /// The score of a label with several classes.
    ///
    /// @param prediction the predicted class
    /// @param probability its probability, 0 to 1
    /// @param threshold the lowest probability that opens a case, 0 to 1
    /// @param modelVersion the version of the model that scored
    public static Score ofClass(String prediction, double probability, double threshold, String modelVersion) {
        SequencedMap<String, JsonNode> columns = new LinkedHashMap<>();
        columns.put(PREDICTION, TextNode.valueOf(prediction));
        columns.putAll(ofProbability(probability, threshold, modelVersion).columns());
        return new Score(columns);
    }

    /// The score of a label that is a number.
    ///
    /// @param prediction the predicted value
    /// @param bound the value that opens a case
    /// @param modelVersion the version of the model that scored
    public static Score ofValue(double prediction, double bound, String modelVersion) {
        SequencedMap<String, JsonNode> columns = new LinkedHashMap<>();
        columns.put(PREDICTION, DoubleNode.valueOf(prediction));
        columns.put(BOUND, DoubleNode.valueOf(bound));
        columns.put(MODEL_VERSION, TextNode.valueOf(modelVersion));
        return new Score(columns);
    }
}
