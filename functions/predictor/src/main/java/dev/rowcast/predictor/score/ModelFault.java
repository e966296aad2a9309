package dev.rowcast.predictor.score;

/// The model gave what is no probability. The row is as good as any: it is scored again once the model is replaced.
///
/// @param problem what the model gave and for which key, in one line
public record ModelFault(String problem) implements Answered {}
