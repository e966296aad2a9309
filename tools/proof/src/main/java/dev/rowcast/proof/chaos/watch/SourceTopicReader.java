package dev.rowcast.proof.chaos.watch;

import dev.rowcast.proof.chaos.delivery.ChangeEvent;
import dev.rowcast.proof.chaos.poison.Poison;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/// Reads the changes of the source table as the connector writes them, and holds their positions against their order.
/// One thread reads; any may ask.
final class SourceTopicReader implements AutoCloseable {

    private final TopicTail tail;
    private final String keyColumn;
    private final TopicOrder order;
    private final AtomicLong races = new AtomicLong();

    /// @param keyColumn of the source table
    SourceTopicReader(TopicTail tail, String keyColumn, Violations findings) {
        this.tail = tail;
        this.keyColumn = keyColumn;
        this.order = new TopicOrder(findings);
    }

    /// {@return how many events came}
    int read(Duration patience) {
        ConsumerRecords<byte[], byte[]> records = tail.poll(patience);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() != null) {
                // A read stands at the floor, whenever it comes.
                ChangeEvent.read(record.value(), keyColumn)
                        .filter(change -> change.position().lsn() > 0)
                        .filter(change -> !change.key().startsWith(Poison.KEY))
                        .ifPresent(change -> order.take(change.key(), change.position()));
            }
        }
        races.set(order.races());
        return records.count();
    }

    /// How many changes had a lower LSN than the one of their key that was committed before them.
    long races() {
        return races.get();
    }

    @Override
    public void close() {
        tail.close();
    }
}
