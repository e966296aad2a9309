package dev.rowcast.kafkasource.delivery;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Finds the offset up to which all deliveries are done, although they end in any order.
///
///     polled      0 1 2 3 4 5        next 6
///     done        0   2 3   5
///     running       1     4          commit 1: the lowest gap
///
/// Thread safe.
public final class OffsetGaps {

    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    private static final class Partition {
        private final TreeSet<Long> running = new TreeSet<>();
        private long next;
        private long committed = -1;

        long lowestGap() {
            return running.isEmpty() ? next : running.first();
        }
    }

    /// Records that a delivery begins.
    public synchronized void begin(TopicPartition partition, long offset) {
        Partition state = partitions.computeIfAbsent(partition, p -> new Partition());
        state.running.add(offset);
        state.next = Math.max(state.next, offset + 1);
    }

    /// Records that a delivery is done and need not be repeated; has no effect if the partition
    /// was lost since.
    public synchronized void end(TopicPartition partition, long offset) {
        Partition state = partitions.get(partition);
        if (state != null) {
            state.running.remove(offset);
        }
    }

    /// {@return the offsets that can be committed and are not committed yet}
    public synchronized Map<TopicPartition, OffsetAndMetadata> toCommit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach((partition, state) -> {
            if (state.lowestGap() > state.committed) {
                offsets.put(partition, new OffsetAndMetadata(state.lowestGap()));
            }
        });
        return offsets;
    }

    /// {@return the offset up to which each partition is done, for partitions in which a
    /// delivery has begun}
    public synchronized Map<TopicPartition, Long> lowestGaps() {
        Map<TopicPartition, Long> gaps = new HashMap<>();
        partitions.forEach((partition, state) -> gaps.put(partition, state.lowestGap()));
        return gaps;
    }

    /// Records that the broker has these offsets.
    public synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Partition state = partitions.get(partition);
            if (state != null) {
                state.committed = offset.offset();
            }
        });
    }

    /// Forgets partitions that now belong to another consumer.
    public synchronized void forget(Collection<TopicPartition> lost) {
        lost.forEach(partitions::remove);
    }
}
