/// Spark Structured Streaming: micro-batches of the topic come in, and predictions go to Postgres. The
/// checkpoint stores the offsets after the predictions of the micro-batch.
package dev.rowcast.peer.spark;
