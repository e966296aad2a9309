/// Decides about cases: it receives a [Change][dev.rowcast.change.Change] of the captured table and returns
/// a [CaseDecision][dev.rowcast.retention.policy.CaseDecision]. It does not read existing cases.
package dev.rowcast.retention.policy;
