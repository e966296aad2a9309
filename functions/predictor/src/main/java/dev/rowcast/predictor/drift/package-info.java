/// Compares scored values with the training data. It counts committed
/// [predictions][dev.rowcast.predictor.score.Scored], merges the counts into one row of Postgres
/// at intervals, and publishes the shift of each column as a metric. A failure here delays no
/// change and does not affect readiness.
package dev.rowcast.predictor.drift;
