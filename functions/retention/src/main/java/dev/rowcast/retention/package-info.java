/// Retention, a Knative service: the action on the predictions of one table, which the settings name. It
/// receives changes of the captured table as events over HTTP, writes cases and the events of opened and
/// closed cases to Postgres in one transaction, and answers each event when it is committed.
///
/// [RetentionFunction][dev.rowcast.retention.RetentionFunction] is the path of an event. Its steps are the
/// packages `policy` (change → decision) and `cases` (decisions → one transaction → one outcome each).
/// `postgres` limits connections and checks tables.
package dev.rowcast.retention;
