/// Records of the topics of one KafkaSource in, deliveries out.
///
/// Each record is posted to the source's subscriber, again by the retry table, and at last written to the dead letter
/// topic; its offset is committed once it has come to one of these ends.
package dev.rowcast.local.knative.source;
