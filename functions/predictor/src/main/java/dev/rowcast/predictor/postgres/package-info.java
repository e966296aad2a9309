/// The connection to Postgres: a statement goes out, and a [Reply][dev.rowcast.predictor.postgres.Reply] returns within
/// the [limits][dev.rowcast.postgres.Limits], whatever happens to the connection.
package dev.rowcast.predictor.postgres;
