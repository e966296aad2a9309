/// The inputs and outputs of a model: receives the JSON of the
/// [contract][dev.rowcast.model.contract.ModelContract] inside a model file, returns typed features,
/// columns and labels, and checks tables against them.
package dev.rowcast.model.contract;
