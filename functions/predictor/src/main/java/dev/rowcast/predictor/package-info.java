/// The predictor, a Knative service. It receives changes of the source table as events
/// over HTTP, writes their predictions to the captured table in Postgres, and answers each
/// event when its own row is committed.
///
/// [ScoreFunction][dev.rowcast.predictor.ScoreFunction] is the path of an event. Its steps are the
/// packages `score` (changes → predictions) and `store` (predictions → one guarded statement → one outcome
/// each). `tables` compares the live tables with the model's contract, `drift` counts the scored values,
/// and `postgres` sends statements.
package dev.rowcast.predictor;
