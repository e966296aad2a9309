/// The connection to Postgres: a statement goes out, and a [StatementResult][dev.rowcast.predictor.postgres.StatementResult] returns within
/// the [limits][dev.rowcast.postgres.Limits], whatever happens to the connection.
package dev.rowcast.predictor.postgres;
