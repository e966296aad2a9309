/// Decides about cases: it receives a [Change][dev.rowcast.change.Change] of the captured table, compares its
/// row with a [Rule][dev.rowcast.retention.policy.Rule], and returns a
/// [CaseDecision][dev.rowcast.retention.policy.CaseDecision]. It does not read existing cases.
package dev.rowcast.retention.policy;
