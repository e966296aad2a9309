/// A stand-in for Knative's KafkaSource and KafkaSink: records of a topic come in, posts to a function and
/// dead letters in a topic go out.
///
/// A failed post is retried as the manifest says; an event that still fails is posted to the sink, which writes
/// it to its topic. The offset is committed after the outcome, even if the sink refuses the event. This is a
/// development tool; on a cluster Knative does the work, as docs/knative.md compares.
package dev.rowcast.local.knative.source;
