/// `kn replay`: receives the command line of an operator, runs one command and returns its exit code.
///
/// ```
///   KnReplay ─▶ topic         Kafka ─▶ records as events ─▶ a function
///            ├▶ dead-letters  Kafka ─▶ dead letters ─▶ the functions that refused them ─▶ results ─▶ Kafka
///            ├▶ snapshot      a row in the signal table ─▶ notifications of Debezium ─▶ progress
///            └▶ compare       Kafka ─▶ changes ─▶ two models ─▶ their differences
/// ```
package dev.rowcast.replay;
