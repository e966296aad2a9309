/// What a model asks for: the JSON of the [contract][dev.rowcast.model.contract.ModelContract] inside a model file
/// comes
/// in, typed features, columns and labels go out, and tables are checked against them.
package dev.rowcast.model.contract;
