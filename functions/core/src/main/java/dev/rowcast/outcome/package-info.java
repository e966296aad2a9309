/// The results of an event's path: every step returns a [Step][dev.rowcast.outcome.Step], every path ends
/// in one [Outcome][dev.rowcast.outcome.Outcome]. This package imports no other package of Rowcast.
package dev.rowcast.outcome;
