/// How an event's path ends: every step gives a [Step][dev.rowcast.outcome.Step], every path ends in one
/// [Outcome][dev.rowcast.outcome.Outcome]. This package imports no other of Rowcast.
package dev.rowcast.outcome;
