package dev.rowcast.proof.chaos.watch;

import dev.rowcast.proof.chaos.delivery.ChangeEvent;
import dev.rowcast.proof.chaos.poison.Poison;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/// Reads the changes of the source table from their topic and checks their order. One thread reads;
/// [#races()] is thread safe.
final class SourceTopicReader implements AutoCloseable {

    private final TopicTail tail;
    private final String keyColumn;
    private final TopicOrder order;
    private final AtomicLong races = new AtomicLong();

    /// @param keyColumn of the source table
    SourceTopicReader(TopicTail tail, String keyColumn, Violations violations) {
        this.tail = tail;
        this.keyColumn = keyColumn;
        this.order = new TopicOrder(violations);
    }

    /// {@return the number of records}
    int read(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = tail.poll(timeout);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() != null) {
                // The position of a read is the floor, wherever it is in the topic.
                ChangeEvent.read(record.value(), keyColumn)
                        .filter(change -> change.position().lsn() > 0)
                        .filter(change -> !change.key().startsWith(Poison.KEY))
                        .ifPresent(change -> order.add(change.key(), change.position()));
            }
        }
        races.set(order.races());
        return records.count();
    }

    /// {@return the number of changes with a lower LSN than the earlier commit of their key}
    long races() {
        return races.get();
    }

    @Override
    public void close() {
        tail.close();
    }
}
