/// The conversation with Postgres: a statement goes out, a [Reply][dev.rowcast.predictor.postgres.Reply]
/// comes back within its [limits][dev.rowcast.predictor.postgres.Limits], whatever happens on the way,
/// and what a failure means is said by one table in [Verdict][dev.rowcast.predictor.postgres.Verdict].
package dev.rowcast.predictor.postgres;
