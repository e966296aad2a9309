/// The steps of an event's path, as events of Java Flight Recorder and as steps of a trace. Both are off
/// by default and cost nothing then; docs/jfr.md and docs/traces.md show how to use them.
package dev.rowcast.recording;
