/// Stores decisions: it receives the [decisions][dev.rowcast.retention.policy.CaseDecision] of one batch,
/// writes the [cases][dev.rowcast.retention.cases.RetentionCase] that they change and the events of opened
/// and closed cases in one transaction, and returns one outcome for each decision.
package dev.rowcast.retention.cases;
