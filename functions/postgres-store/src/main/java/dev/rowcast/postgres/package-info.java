/// The Postgres errors and timeouts that predictor and retention share: maps an SQLSTATE to a
/// [Refusal][dev.rowcast.postgres.Refusal] with its answer, and sets the
/// [limits][dev.rowcast.postgres.Limits] of a statement.
package dev.rowcast.postgres;
