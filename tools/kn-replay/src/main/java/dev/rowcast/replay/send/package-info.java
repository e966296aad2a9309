/// Sends events as KafkaSource sends them: receives a CloudEvent, tries as often as the retry policy
/// allows, and returns the outcome and a count of every status.
package dev.rowcast.replay.send;
