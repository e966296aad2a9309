/// Kafka records in, CloudEvents out, and back.
///
/// In comes what a topic holds; out goes the CloudEvent that Knative's KafkaSource makes of it, and, for an event
/// that could not be delivered, the record that Knative's KafkaSink writes to the dead letter topic.
package dev.rowcast.kafkasource.event;
