/// The connection to Postgres: its limits, its tables, and the
/// [Refusal][dev.rowcast.postgres.Refusal] of a transaction that failed.
package dev.rowcast.retention.postgres;
