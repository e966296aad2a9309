/// From decisions to outcomes: the [decisions][dev.rowcast.retention.policy.CaseDecision] of one batch come in, one
/// transaction writes the [cases][dev.rowcast.retention.cases.RetentionCase] they change and fires the events of those
/// that
/// were opened or closed, and each decision is answered by what became of it.
package dev.rowcast.retention.cases;
