package dev.rowcast.replay.compare;

import dev.rowcast.model.output.Predicted;

/// The predictions of both models for one change.
///
/// @param key of its row
/// @param place in the topic, as `PARTITION/OFFSET`
/// @param a prediction of model A
/// @param b prediction of model B, of the same kind
record ScorePair(String key, String place, Predicted a, Predicted b) {

    /// {@return the difference of the predictions, 0 or more}: of two probabilities or numbers their
    /// distance, of several probabilities the share that model B gives to other labels (half the sum of
    /// the distances)
    double distance() {
        if (a instanceof Predicted.Multiclass ofA && b instanceof Predicted.Multiclass ofB) {
            double sum = 0;
            for (int label = 0; label < ofA.probabilities().size(); label++) {
                sum += Math.abs((double) ofB.probabilities().get(label)
                        - ofA.probabilities().get(label));
            }
            return sum / 2;
        }
        return Math.abs(scoreB() - scoreA());
    }

    /// {@return the probability or the number of model A}
    double scoreA() {
        return score(a);
    }

    /// {@return the probability or the number of model B}
    double scoreB() {
        return score(b);
    }

    private static double score(Predicted predicted) {
        return switch (predicted) {
            case Predicted.Binary binary -> binary.probability();
            case Predicted.Multiclass classes -> classes.probability();
            case Predicted.Regression number -> number.value();
        };
    }

    /// {@return the label of model A; empty for a number}
    String labelA() {
        return label(a);
    }

    /// {@return the label of model B; empty for a number}
    String labelB() {
        return label(b);
    }

    private static String label(Predicted predicted) {
        return switch (predicted) {
            case Predicted.Binary binary -> binary.label();
            case Predicted.Multiclass classes -> classes.label();
            case Predicted.Regression _ -> "";
        };
    }

    /// {@return whether the labels differ}
    boolean isFlip() {
        return !labelA().equals(labelB());
    }
}
