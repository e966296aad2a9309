/// Stores decisions: it receives the [decisions][dev.rowcast.retention.policy.CaseDecision] of one batch,
/// writes the [cases][dev.rowcast.retention.cases.Case] that they change and the events of opened and closed
/// cases in one transaction, and returns one outcome for each decision. A
/// [CaseEvent][dev.rowcast.retention.cases.CaseEvent] is fired in that transaction, the outbox extension
/// writes it to table `outboxevent`, and Debezium publishes it as a CloudEvent to topic
/// `churn.events.<aggregate>`.
package dev.rowcast.retention.cases;
