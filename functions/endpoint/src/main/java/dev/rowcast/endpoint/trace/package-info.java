/// What is known of one delivery, from the event to its outcome: input is the event, its change and the
/// steps of its path; output is its line in the log, and its spans in a trace if
/// `rowcast.trace.endpoint` is set.
package dev.rowcast.endpoint.trace;
