/// `kn replay topic`: receives the records of a topic, posts each to a function as KafkaSource would post
/// it, and returns a count of every status and, if interrupted, the point to resume from.
package dev.rowcast.replay.topic;
