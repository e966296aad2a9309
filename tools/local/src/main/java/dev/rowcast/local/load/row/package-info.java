/// Rows that resemble the training data: the model's contract comes in, and a sequence of row
/// changes goes out.
///
/// The contract has a histogram of each feature. The same seed gives the same changes.
package dev.rowcast.local.load.row;
