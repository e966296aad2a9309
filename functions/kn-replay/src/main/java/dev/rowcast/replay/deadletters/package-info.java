/// `kn replay dead-letters`: in comes the topic that the functions' KafkaSources write what no function would take; out
/// goes a list by reason, function and status, a single letter, or each letter once more to the function that refused
/// it, and a record of what became of it.
package dev.rowcast.replay.deadletters;
