/// Detects drift: receives [features][dev.rowcast.model.FeatureRow] and their scores,
/// [counts][dev.rowcast.drift.LiveCounts] them in the [bins][dev.rowcast.drift.Bins] of the model's
/// contract, and returns how far each feature and the score have
/// [shifted][dev.rowcast.drift.Shift] since training.
package dev.rowcast.drift;
