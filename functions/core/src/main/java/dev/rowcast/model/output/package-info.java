/// The typed output of a model: receives the floats that a graph returns for a batch, and returns a
/// [prediction][dev.rowcast.model.output.Predicted] for each row by the model's
/// [output][dev.rowcast.model.output.Output]: two labels, several labels, or a number.
package dev.rowcast.model.output;
