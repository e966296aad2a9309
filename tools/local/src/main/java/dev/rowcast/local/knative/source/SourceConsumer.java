package dev.rowcast.local.knative.source;

import dev.rowcast.kafkasource.delivery.OffsetGaps;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The Kafka consumer of one source. Used by one thread, except {@link #wakeup},
/// {@link #neverCommitAgain} and {@link #unread}.
///
/// Its settings are those of Knative's `config-kafka-source-data-plane` with two differences: it is a
/// static member of its group, so that a restart after a kill does not wait for the end of the session,
/// and requests may take longer than two seconds, because a laptop that starts the whole system is
/// slower than that.
final class SourceConsumer implements AutoCloseable {

    private static final Duration COMMIT_EVERY = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final OffsetGaps gaps;
    private final String name;
    private final Consumer<String> log;
    private long lastCommitNanos = System.nanoTime();
    private volatile boolean dropped;
    private volatile OptionalLong unread = OptionalLong.empty();

    /// @param limit highest number of records that one poll returns
    SourceConsumer(SourcePlan plan, String bootstrapServers, OffsetGaps gaps, Consumer<String> log, int limit) {
        this.name = plan.name();
        this.gaps = gaps;
        this.log = log;
        this.consumer = new KafkaConsumer<>(
                Map.ofEntries(
                        Map.entry("bootstrap.servers", bootstrapServers),
                        Map.entry("group.id", plan.consumerGroup()),
                        Map.entry("group.instance.id", plan.namespace() + "-" + plan.name()),
                        Map.entry("auto.offset.reset", plan.initialOffset()),
                        Map.entry("enable.auto.commit", false),
                        Map.entry("isolation.level", "read_committed"),
                        Map.entry("max.poll.records", limit),
                        Map.entry("max.partition.fetch.bytes", 65_536),
                        Map.entry("session.timeout.ms", 10_000),
                        Map.entry("heartbeat.interval.ms", 3_000),
                        Map.entry("partition.assignment.strategy", "org.apache.kafka.clients.consumer.StickyAssignor")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(plan.topics(), new Rebalance());
    }

    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
            unread = countUnread();
            return records;
        } catch (WakeupException stopping) {
            return ConsumerRecords.empty();
        }
    }

    /// Polls while the assigned partitions are paused. It returns records only of
    /// partitions assigned meanwhile.
    ConsumerRecords<byte[], byte[]> stayMember() {
        consumer.pause(consumer.assignment());
        try {
            return poll(Duration.ZERO);
        } finally {
            consumer.resume(consumer.paused());
        }
    }

    void commitWhenDue() {
        if (System.nanoTime() - lastCommitNanos >= COMMIT_EVERY.toNanos()) {
            commit();
        }
    }

    void wakeup() {
        consumer.wakeup();
    }

    /// Disables every later commit, including the one of [#close].
    void neverCommitAgain() {
        dropped = true;
    }

    boolean isDropped() {
        return dropped;
    }

    OptionalLong unread() {
        return unread;
    }

    @Override
    public void close() {
        try {
            commit();
        } finally {
            consumer.close(CloseOptions.timeout(dropped ? Duration.ZERO : CLOSE));
        }
    }

    private void commit() {
        lastCommitNanos = System.nanoTime();
        if (dropped) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = gaps.toCommit();
        try {
            if (!offsets.isEmpty()) {
                commit(offsets);
                gaps.committed(offsets);
            }
        } catch (KafkaException notCommitted) {
            log.accept("source " + name + " commits later: " + notCommitted.getMessage());
        }
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets, Duration.ofSeconds(5));
        } catch (WakeupException meantForPoll) {
            consumer.commitSync(offsets, Duration.ofSeconds(5));
        }
    }

    private OptionalLong countUnread() {
        long records = 0;
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong lag = consumer.currentLag(partition);
            if (lag.isEmpty()) {
                return OptionalLong.empty();
            }
            records += lag.getAsLong();
        }
        return consumer.assignment().isEmpty() ? OptionalLong.empty() : OptionalLong.of(records);
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            commit();
            gaps.forget(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            gaps.forget(lost);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {}
    }
}
