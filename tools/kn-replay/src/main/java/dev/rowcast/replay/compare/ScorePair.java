package dev.rowcast.replay.compare;

/// The scores of one change by both models.
///
/// @param key of its row
/// @param place in the topic, as `PARTITION/OFFSET`
/// @param a probability of model A, 0 to 1
/// @param b probability of model B, 0 to 1
/// @param labelA prediction of model A
/// @param labelB prediction of model B
record ScorePair(String key, String place, double a, double b, String labelA, String labelB) {

    /// {@return the difference of the scores, 0 to 1}
    double distance() {
        return Math.abs(b - a);
    }

    /// {@return whether the labels differ}
    boolean isFlip() {
        return !labelA.equals(labelB);
    }
}
