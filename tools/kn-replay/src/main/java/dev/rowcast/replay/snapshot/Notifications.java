package dev.rowcast.replay.snapshot;

import dev.rowcast.replay.read.OffsetBound;
import dev.rowcast.replay.read.TopicTail;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;

/// The topic in which Debezium says how far its snapshots are.
record Notifications(TopicTail tail) {

    /// Reads from a bound on, without end.
    static Notifications from(Consumer<byte[], byte[]> consumer, String topic, OffsetBound bound) {
        return new Notifications(TopicTail.of(consumer, topic, bound));
    }

    /// Those that have come meanwhile.
    List<Notification> poll() {
        return tail.poll().stream()
                .map(Notification::of)
                .flatMap(Optional::stream)
                .toList();
    }
}
