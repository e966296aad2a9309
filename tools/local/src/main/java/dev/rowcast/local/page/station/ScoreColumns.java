package dev.rowcast.local.page.station;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.local.page.feed.Prediction;
import java.util.Optional;

/// The columns of a captured row with the result of the model, whatever it predicts.
///
/// @param label the predicted column
record ScoreColumns(String label) {

    /// Reads the result; empty for a deleted row. A model that predicts a value has a number as its prediction.
    Optional<Prediction.Score> score(JsonNode row) {
        JsonNode prediction = row.path(label + "_prediction");
        JsonNode probability = row.path(label + "_probability");
        if (prediction.isNumber()) {
            return Optional.of(new Prediction.Score.Value(prediction.doubleValue(), interval(row)));
        }
        return probability.isNumber()
                ? Optional.of(new Prediction.Score.Label(prediction.asText(), probability.doubleValue()))
                : Optional.empty();
    }

    private Optional<Prediction.Interval> interval(JsonNode row) {
        JsonNode lower = row.path(label + "_lower");
        JsonNode upper = row.path(label + "_upper");
        return lower.isNumber() && upper.isNumber()
                ? Optional.of(new Prediction.Interval(lower.doubleValue(), upper.doubleValue()))
                : Optional.empty();
    }
}
