/// Converts between Kafka records and CloudEvents.
///
/// Receives the records of a topic and returns the CloudEvents that Knative's KafkaSource creates from
/// them; receives an event that could not be delivered and returns the record that KafkaSink writes to the
/// dead letter topic.
package dev.rowcast.kafkasource.event;
