package dev.rowcast.local.page.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads the records of a topic, up to its end at the moment of the request.
///
/// @param kafka bootstrap servers
record TopicSearch(String kafka) {

    /// The latest records of a partition that are searched.
    static final long SEARCHED = 20_000;

    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int TIMEOUT_MS = 5_000;

    /// The matching records, in the order of their times.
    ///
    /// @param matching in the order of their times
    /// @param searched number of records that were searched
    /// @param left     number of older records that were not
    record Found(List<ConsumerRecord<byte[], byte[]>> matching, long searched, long left) {}

    Found find(String topic, Predicate<ConsumerRecord<byte[], byte[]>> condition) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.ofEntries(
                        Map.entry("bootstrap.servers", kafka),
                        Map.entry("client.id", "rowcast-page-row"),
                        Map.entry("allow.auto.create.topics", false),
                        Map.entry("max.poll.records", 5_000),
                        Map.entry("default.api.timeout.ms", TIMEOUT_MS),
                        Map.entry("request.timeout.ms", TIMEOUT_MS)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            long searched = 0;
            long left = 0;
            for (TopicPartition partition : partitions) {
                long from = Math.max(first.get(partition), ends.get(partition) - SEARCHED);
                consumer.seek(partition, from);
                searched += ends.get(partition) - from;
                left += from - first.get(partition);
            }
            return new Found(matching(consumer, ends, condition), searched, left);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> matching(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Predicate<ConsumerRecord<byte[], byte[]>> condition) {
        List<ConsumerRecord<byte[], byte[]>> matching = new ArrayList<>();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Kafka did not return the records within " + LONGEST.toSeconds() + " s");
            }
            ConsumerRecords<byte[], byte[]> records = consumer.poll(WAIT);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.value() != null && condition.test(record)) {
                    matching.add(record);
                }
            }
        }
        matching.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
        return matching;
    }
}
