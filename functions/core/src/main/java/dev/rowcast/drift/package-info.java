/// Whether what comes in still looks like what the model was trained on. [Features][dev.rowcast.model.FeatureRow] and
/// their scores come in and are [counted][dev.rowcast.drift.LiveCounts] in the [bins][dev.rowcast.drift.Bins] of the
/// model's contract; out goes how far each feature, and the score, has [shifted][dev.rowcast.drift.Shift] since
/// training.
package dev.rowcast.drift;
