package dev.rowcast.peers.bed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// The offsets of the topic, and those from which a contender starts.
///
/// @param admin client of Kafka
/// @param topic the topic of the source table
public record GroupOffsets(Admin admin, String topic) implements AutoCloseable {

    /// Connects.
    public static GroupOffsets connect(String kafka, String topic) {
        return new GroupOffsets(Admin.create(Map.of("bootstrap.servers", kafka)), topic);
    }

    /// The end of each partition.
    public Map<Integer, Long> end() throws InterruptedException {
        try {
            int partitions = admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get()
                    .partitions()
                    .size();
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
            Map<Integer, Long> end = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
                    admin.listOffsets(latest).all().get().entrySet()) {
                end.put(found.getKey().partition(), found.getValue().offset());
            }
            return end;
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Kafka does not tell the end of " + topic, failure.getCause());
        }
    }

    /// The number of records in the topic.
    public long records() throws InterruptedException {
        return end().values().stream().mapToLong(offset -> offset).sum();
    }

    /// Sets where a group that has no members starts.
    public void set(String group, Map<Integer, Long> offsets) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        offsets.forEach((partition, offset) ->
                committed.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
        try {
            admin.alterConsumerGroupOffsets(group, committed).all().get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Kafka does not set the offsets of " + group, failure.getCause());
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
