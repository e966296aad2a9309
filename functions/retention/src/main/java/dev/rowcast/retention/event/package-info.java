/// Events of cases. A [CaseEvent][dev.rowcast.retention.event.CaseEvent] is fired in the transaction that
/// writes the case, the outbox extension writes it to table `outboxevent` in that transaction, and Debezium
/// publishes it as a CloudEvent to topic `churn.events.retention_case`.
package dev.rowcast.retention.event;
