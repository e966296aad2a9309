/// Events of Java Flight Recorder at the steps of an event's path. They are disabled by default and cost nothing then;
/// docs/jfr.md shows how to record and read them.
package dev.rowcast.recording;
