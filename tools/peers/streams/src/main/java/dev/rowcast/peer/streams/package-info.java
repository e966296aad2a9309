/// Kafka Streams: records of the topic come in, and predictions go to Postgres. Offsets are committed only
/// after the predictions of all records below them.
package dev.rowcast.peer.streams;
