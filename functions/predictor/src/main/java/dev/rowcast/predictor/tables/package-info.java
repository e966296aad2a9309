/// Compares the live tables with the model's contract, at start and at intervals. The
/// result is a [TableCheck][dev.rowcast.predictor.tables.TableCheck]: readiness shows it,
/// and the statement uses its columns.
package dev.rowcast.predictor.tables;
