/// From what became of a case to what others hear of it: a [CaseEvent][dev.rowcast.retention.event.CaseEvent] is fired
/// inside the transaction that writes the case, the outbox extension puts it into that transaction, and Debezium makes
/// a
/// CloudEvent of topic `churn.events.retention_case` out of it.
package dev.rowcast.retention.event;
