/// What predictor and retention share of Postgres: an SQLSTATE comes in, a [Refusal][dev.rowcast.postgres.Refusal] and
/// its answer go out, within the [limits][dev.rowcast.postgres.Limits] of a statement.
package dev.rowcast.postgres;
