package dev.rowcast.retention.policy;

import java.util.OptionalDouble;

/// The rule by which cases are opened and closed.
///
/// ```
///   0 ────────── threshold − hysteresis ────────── threshold ────────── 1
///      closes                           no decision            opens
/// ```
///
/// @param label name of the label, in columns `<label>_probability` and `<label>_threshold`
/// @param threshold replaces the threshold of the model, which is a column of the row
/// @param hysteresis how far below its threshold a probability must fall
public record CaseThresholds(String label, OptionalDouble threshold, double hysteresis) {

    /// The column of the probability.
    String probabilityColumn() {
        return label + "_probability";
    }

    /// The column of the model's threshold.
    String thresholdColumn() {
        return label + "_threshold";
    }

    boolean opens(Score score) {
        return score.probability() >= score.threshold();
    }

    boolean closes(Score score) {
        return score.probability() < score.threshold() - hysteresis;
    }
}
