package dev.rowcast.replay.topic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.event.PolledRecord;
import dev.rowcast.replay.output.Table;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What would be sent.
final class DryRun {

    private static final class Partition {
        private long events;
        private long first = -1;
        private long last = -1;
        private long cloudEvents;
        private long dropped;
        private long skipped;
    }

    private static final String PLAIN = "dev.knative.kafka.event";

    private final String topic;
    private final Map<Integer, Partition> partitions = new TreeMap<>();

    DryRun(String topic) {
        this.topic = topic;
    }

    /// @param received empty when the record is not meant
    void add(ConsumerRecord<byte[], byte[]> record, Optional<PolledRecord> received) {
        Partition partition = partitions.computeIfAbsent(record.partition(), _ -> new Partition());
        if (received.isEmpty()) {
            partition.skipped++;
            return;
        }
        switch (received.get()) {
            case PolledRecord.Deliverable deliverable -> {
                partition.events++;
                partition.first = partition.first < 0 ? record.offset() : partition.first;
                partition.last = record.offset();
                partition.cloudEvents += isCloudEvent(deliverable.event()) ? 1 : 0;
            }
            case PolledRecord.Discarded _ -> partition.dropped++;
        }
    }

    private static boolean isCloudEvent(CloudEvent event) {
        return !PLAIN.equals(event.attributes().get("type"));
    }

    String text() {
        Table table = new Table("PARTITION", "EVENTS", "FIRST", "LAST", "CLOUDEVENTS", "DROPPED", "SKIPPED");
        partitions.forEach((number, partition) -> table.row(
                number,
                partition.events,
                partition.first < 0 ? "-" : partition.first,
                partition.last < 0 ? "-" : partition.last,
                partition.cloudEvents,
                partition.dropped,
                partition.skipped));
        return "%s%d events would be sent, nothing was%n"
                .formatted(table.isEmpty() ? "" : table.text() + "\n", events());
    }

    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("topic", topic).put("events", events()).put("dryRun", true);
        partitions.forEach((number, partition) -> document.withArray("partitions")
                .addObject()
                .put("partition", number)
                .put("events", partition.events)
                .put("first", partition.first)
                .put("last", partition.last)
                .put("cloudEvents", partition.cloudEvents)
                .put("dropped", partition.dropped)
                .put("skipped", partition.skipped));
        return document;
    }

    private long events() {
        return partitions.values().stream()
                .mapToLong(partition -> partition.events)
                .sum();
    }
}
