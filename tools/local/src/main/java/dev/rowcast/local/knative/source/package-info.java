/// A stand-in for the Knative KafkaSource: records of its topics come in, posts to its subscriber go out.
///
/// A failed post is retried as the manifest says; an event that still fails is written to the dead letter
/// topic. The offset is committed after the outcome. This is a development tool; on a cluster Knative
/// does the work.
package dev.rowcast.local.knative.source;
