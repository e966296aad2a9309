package dev.rowcast.kafkasource.event;

import org.apache.kafka.common.TopicPartition;

/// A polled record, converted.
public sealed interface PolledRecord {

    /// {@return partition of the record}
    TopicPartition partition();

    /// {@return offset of the record in its partition}
    long offset();

    /// A record to deliver.
    record Deliverable(TopicPartition partition, long offset, CloudEvent event) implements PolledRecord {}

    /// A record that KafkaSource never delivers, not even to the dead letter sink.
    ///
    /// @param reason for the log
    record Discarded(TopicPartition partition, long offset, String reason) implements PolledRecord {}
}
