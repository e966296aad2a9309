/// The dead letters of a local run, for people. In comes the topic that the functions' KafkaSources write what no
/// function
/// would take; out goes a table of counts by reason, function and status, or the single letters of one reason.
package dev.rowcast.local.deadletters;
