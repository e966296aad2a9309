package dev.rowcast.retention.policy;

import java.util.OptionalDouble;

/// When a case is opened and when it is closed.
///
/// ```
///   0 ────────── threshold − hysteresis ────────── threshold ────────── 1
///      closes                           decides nothing        opens
/// ```
///
/// @param label name of the label: the captured table has columns `<label>_probability` and `<label>_threshold`
/// @param threshold replaces that of the row; without it each row is held against the threshold of the model that
/// scored
///     it, which the row carries
/// @param hysteresis how far below its threshold a probability must fall
public record CaseThresholds(String label, OptionalDouble threshold, double hysteresis) {

    /// The column that holds the probability.
    String probabilityColumn() {
        return label + "_probability";
    }

    /// The column that holds the threshold of the model.
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
