/// `kn replay`: in come the words of an operator, out goes one of the commands, and the code it ends with.
///
/// ```
///   KnReplay ─▶ topic         Kafka ─▶ records as events ─▶ a function
///            ├▶ dead-letters  Kafka ─▶ letters ─▶ the functions that refused them ─▶ what became of each ─▶ Kafka
///            ├▶ snapshot      a row in the signal table ─▶ notifications of Debezium ─▶ progress
///            └▶ compare       Kafka ─▶ changes ─▶ two models ─▶ how they differ
/// ```
package dev.rowcast.replay;
