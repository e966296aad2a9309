/// `kn replay topic`: records of a topic in, each posted to a function as KafkaSource would post it; out goes a count
/// of
/// every status, and where to go on when it was cut short.
package dev.rowcast.replay.topic;
