package dev.rowcast.kafkasource.delivery;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Knows up to which offset everything is done, although deliveries end in any order.
///
///     polled      0 1 2 3 4 5        next 6
///     done        0   2 3   5
///     under way     1     4          commit 1: the lowest gap
///
/// Thread safe.
public final class OffsetGaps {

    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    private static final class Partition {
        private final TreeSet<Long> underWay = new TreeSet<>();
        private long next;
        private long committed = -1;

        long lowestGap() {
            return underWay.isEmpty() ? next : underWay.first();
        }
    }

    /// A delivery begins.
    public synchronized void begin(TopicPartition partition, long offset) {
        Partition state = partitions.computeIfAbsent(partition, p -> new Partition());
        state.underWay.add(offset);
        state.next = Math.max(state.next, offset + 1);
    }

    /// A delivery has come to an end that need not be repeated. Nothing happens when the partition was lost
    /// meanwhile.
    public synchronized void end(TopicPartition partition, long offset) {
        Partition state = partitions.get(partition);
        if (state != null) {
            state.underWay.remove(offset);
        }
    }

    /// What can be committed and has not been yet.
    public synchronized Map<TopicPartition, OffsetAndMetadata> toCommit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach((partition, state) -> {
            if (state.lowestGap() > state.committed) {
                offsets.put(partition, new OffsetAndMetadata(state.lowestGap()));
            }
        });
        return offsets;
    }

    /// Up to which offset each partition is done, for those in which a delivery has begun.
    public synchronized Map<TopicPartition, Long> lowestGaps() {
        Map<TopicPartition, Long> gaps = new HashMap<>();
        partitions.forEach((partition, state) -> gaps.put(partition, state.lowestGap()));
        return gaps;
    }

    /// The broker has these offsets.
    public synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Partition state = partitions.get(partition);
            if (state != null) {
                state.committed = offset.offset();
            }
        });
    }

    /// Partitions that now belong to another consumer.
    public synchronized void forget(Collection<TopicPartition> lost) {
        lost.forEach(partitions::remove);
    }
}
