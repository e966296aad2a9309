/// From predictions to outcomes: the changes of one batch come in, one guarded statement goes out to
/// Postgres, and each change is answered by what became of its own row.
package dev.rowcast.predictor.store;
