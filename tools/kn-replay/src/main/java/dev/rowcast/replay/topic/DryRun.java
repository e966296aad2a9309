package dev.rowcast.replay.topic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.kafkasource.event.PolledRecord;
import dev.rowcast.replay.output.Table;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Counts the events that would be sent.
final class DryRun {

    private static final String PLAIN = "dev.knative.kafka.event";

    private final String topic;
    private final Map<Integer, ObjectNode> partitions = new TreeMap<>();

    DryRun(String topic) {
        this.topic = topic;
    }

    /// @param polled empty if the record is not selected
    void add(ConsumerRecord<byte[], byte[]> record, Optional<PolledRecord> polled) {
        ObjectNode partition = partitions.computeIfAbsent(record.partition(), DryRun::emptyPartition);
        if (polled.isEmpty()) {
            increment(partition, "skipped");
            return;
        }
        switch (polled.get()) {
            case PolledRecord.Deliverable deliverable -> {
                increment(partition, "events");
                long first = partition.path("first").longValue();
                partition.put("first", first < 0 ? record.offset() : first).put("last", record.offset());
                if (!PLAIN.equals(deliverable.event().attributes().get("type"))) {
                    increment(partition, "cloudEvents");
                }
            }
            case PolledRecord.Discarded _ -> increment(partition, "dropped");
        }
    }

    private static ObjectNode emptyPartition(int number) {
        ObjectNode partition = JsonNodeFactory.instance.objectNode().put("partition", number);
        partition.put("events", 0).put("first", -1).put("last", -1);
        return partition.put("cloudEvents", 0).put("dropped", 0).put("skipped", 0);
    }

    private static void increment(ObjectNode partition, String count) {
        partition.put(count, partition.path(count).longValue() + 1);
    }

    String text() {
        return "%s%d events would be sent, nothing was%n"
                .formatted(Table.of(document().path("partitions")).paragraph(), events());
    }

    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("topic", topic).put("events", events()).put("dryRun", true);
        partitions.values().forEach(document.withArray("partitions")::add);
        return document;
    }

    private long events() {
        return partitions.values().stream()
                .mapToLong(partition -> partition.path("events").longValue())
                .sum();
    }
}
