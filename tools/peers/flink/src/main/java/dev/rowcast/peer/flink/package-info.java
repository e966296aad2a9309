/// Flink: records of the topic come in, and predictions go to Postgres. A checkpoint stores the offsets after
/// the predictions of all records below them.
package dev.rowcast.peer.flink;
