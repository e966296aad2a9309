/// From a change of a prediction to what it says about a case: a [Change][dev.rowcast.change.Change] of the captured
/// table
/// comes in, a [CaseDecision][dev.rowcast.retention.policy.CaseDecision] goes out. Nothing is known here of cases that exist.
package dev.rowcast.retention.policy;

