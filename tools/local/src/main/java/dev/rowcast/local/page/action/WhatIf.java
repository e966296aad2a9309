package dev.rowcast.local.page.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Row;
import dev.rowcast.local.page.api.ApiRequest;
import dev.rowcast.model.FeatureReader;
import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.OnnxScorer;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.model.output.Output;
import dev.rowcast.model.output.Predicted;
import dev.rowcast.model.output.Scores;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Scores a row that is not stored, with the reader and the model of the predictor.
public final class WhatIf implements AutoCloseable {

    private final Path model;
    private Optional<OnnxScorer> scorer = Optional.empty();
    private boolean closed;

    /// Loads the model when the first row is scored.
    ///
    /// @param model the ONNX file
    public WhatIf(Path model) {
        this.model = model;
    }

    /// Scores the columns in `values`; a column without a value is null. The answer has `refused` instead of a
    /// score when the predictor would reject the row.
    public JsonNode score(ApiRequest request) {
        OnnxScorer loaded = scorer();
        ModelContract contract = loaded.contract();
        Map<String, String> values = request.texts("values");
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        for (Feature feature : contract.features()) {
            columns.put(feature.column(), values.get(feature.column()));
        }
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("model", contract.model().version());
        switch (new FeatureReader(contract).read(new Row(columns))) {
            case Step.Next<FeatureRow>(FeatureRow features) -> {
                Scores scores = loaded.score(List.of(features));
                scores.fault(0)
                        .ifPresentOrElse(
                                fault -> answer.put("refused", "the model gives " + fault),
                                () -> write(answer, scores.predicted(0), contract.output()));
            }
            case Step.End<FeatureRow>(Rejected rejected) ->
                answer.put("refused", rejected.message())
                        .put("reason", rejected.reason().code());
            case Step.End<FeatureRow>(var outcome) -> answer.put("refused", outcome.toString());
        }
        return answer;
    }

    private static void write(ObjectNode answer, Predicted predicted, Output output) {
        switch (predicted) {
            case Predicted.Binary(float probability, String label) ->
                answer.put("label", label).put("probability", probability);
            case Predicted.Multiclass classes ->
                answer.put("label", classes.label()).put("probability", classes.probability());
            case Predicted.Regression(float value, Optional<Predicted.Bounds> bounds) -> {
                answer.put("value", value);
                bounds.ifPresent(between -> answer.put("lower", between.lower()).put("upper", between.upper()));
            }
        }
        if (output instanceof Output.Binary binary) {
            answer.put("threshold", binary.threshold());
        }
    }

    private synchronized OnnxScorer scorer() {
        if (closed) {
            throw new IllegalStateException("the page is closing");
        }
        if (scorer.isEmpty()) {
            scorer = Optional.of(OnnxScorer.load(model));
        }
        return scorer.get();
    }

    @Override
    public synchronized void close() {
        closed = true;
        scorer.ifPresent(OnnxScorer::close);
    }
}
