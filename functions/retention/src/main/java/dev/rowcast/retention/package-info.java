/// Retention, a Knative service: changes of the captured table come in over HTTP as events, cases and the events of
/// those
/// that were opened or closed go out to Postgres in one transaction, and each event is answered when it is committed.
///
/// The path of an event is [RetentionFunction][dev.rowcast.retention.RetentionFunction]; its steps are the packages
/// `judge` (change → decision) and `book` (decisions → one transaction → one outcome each). `event` is what others
/// hear
/// of it, `postgres` the conversation with the database.
package dev.rowcast.retention;
