package dev.rowcast.kafkasource.event;

import org.apache.kafka.common.TopicPartition;

/// What became of one polled record.
public sealed interface PolledRecord {

    /// Partition of the record.
    TopicPartition partition();

    /// Offset of the record in its partition.
    long offset();

    /// A record that is to be delivered.
    record Deliverable(TopicPartition partition, long offset, CloudEvent event) implements PolledRecord {}

    /// A record that KafkaSource never delivers, not even to the dead letter sink.
    ///
    /// @param reason for the log
    record Discarded(TopicPartition partition, long offset, String reason) implements PolledRecord {}
}
