/// The middle of a row's path: a [Row][dev.rowcast.change.Row] comes in, its features are read as the
/// [contract][dev.rowcast.model.contract.ModelContract] inside the model says, and a score goes out.
package dev.rowcast.model;
