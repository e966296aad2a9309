/// The middle of an event's path: receives a [Row][dev.rowcast.change.Row], reads the features of the
/// model's [contract][dev.rowcast.model.contract.ModelContract], and returns a score.
package dev.rowcast.model;
