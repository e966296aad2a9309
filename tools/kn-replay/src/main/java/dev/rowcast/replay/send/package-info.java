/// Sends events as KafkaSource sends them: a CloudEvent in, tries by the retry table, out goes how it ended, and a
/// count
/// of every status.
package dev.rowcast.replay.send;
