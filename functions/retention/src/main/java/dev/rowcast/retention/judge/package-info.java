/// From a change of a prediction to what it says about a case: a [Change][dev.rowcast.change.Change] of the captured
/// table
/// comes in, a [Judgement][dev.rowcast.retention.judge.Judgement] goes out. Nothing is known here of cases that exist.
package dev.rowcast.retention.judge;
