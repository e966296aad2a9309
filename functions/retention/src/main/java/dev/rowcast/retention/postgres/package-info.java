/// The conversation with Postgres: how long it may take, and what it means when it fails, by one table in
/// [Verdict][dev.rowcast.retention.postgres.Verdict].
package dev.rowcast.retention.postgres;
