package dev.rowcast.model;

import dev.rowcast.change.Rejected;

/// What came of reading a row's features.
public sealed interface FeatureRead permits FeatureRead.Features, Rejected {

    /// The row has all that the model needs.
    ///
    /// @param row the features
    record Features(FeatureRow row) implements FeatureRead {}
}
