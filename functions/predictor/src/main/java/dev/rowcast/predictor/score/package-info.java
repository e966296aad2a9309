/// Scores changes: it receives [changes][dev.rowcast.predictor.score.Scorable] with their
/// features and returns each with its [score][dev.rowcast.predictor.score.Scored]. One run
/// of the model scores a whole batch.
package dev.rowcast.predictor.score;
