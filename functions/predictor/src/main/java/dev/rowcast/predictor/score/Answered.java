package dev.rowcast.predictor.score;

/// What came of asking the model about a change.
public sealed interface Answered permits Scored, ModelFault {}
