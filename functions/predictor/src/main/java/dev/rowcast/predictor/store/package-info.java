/// Stores predictions: it receives the changes of one batch, scores them, sends one guarded statement to
/// Postgres, and returns one outcome for each change.
package dev.rowcast.predictor.store;
