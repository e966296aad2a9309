package dev.rowcast.replay.compare;

/// One change, scored by both models.
///
/// @param key of its row
/// @param place in the topic, as `PARTITION/OFFSET`
/// @param a probability of model A, 0 to 1
/// @param b probability of model B, 0 to 1
/// @param labelA what A predicts
/// @param labelB what B predicts
record ScorePair(String key, String place, double a, double b, String labelA, String labelB) {

    /// How far apart they are, 0 to 1.
    double distance() {
        return Math.abs(b - a);
    }

    /// Whether they predict different things.
    boolean isFlip() {
        return !labelA.equals(labelB);
    }
}
