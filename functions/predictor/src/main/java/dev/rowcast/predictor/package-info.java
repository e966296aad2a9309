/// The predictor, a Knative service: changes of the source table come in over HTTP as events, their
/// predictions go out to the captured table in Postgres, and each event is answered when its own row is
/// committed.
///
/// The path of an event is [ScoreFunction][dev.rowcast.predictor.ScoreFunction]; its steps are the
/// packages `score` (changes → predictions) and `store` (predictions → one guarded statement → one
/// outcome each). `tables` holds the live tables against the model's contract, `postgres` is the
/// conversation with the database.
package dev.rowcast.predictor;
