/// The connection to Postgres. It sends a statement and returns a
/// [StatementResult][dev.rowcast.predictor.postgres.StatementResult] within the
/// [limits][dev.rowcast.postgres.Limits], also if the connection is lost.
package dev.rowcast.predictor.postgres;
