/// From changes to predictions: [changes][dev.rowcast.predictor.score.Scorable] whose features are read
/// come in, and each goes out with its [score][dev.rowcast.predictor.score.Scored], all of a batch in one
/// run of the model.
package dev.rowcast.predictor.score;
