package dev.rowcast.proof.chaos.delivery;

import dev.rowcast.change.Position;
import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.http.Answer;
import dev.rowcast.kafkasource.http.FunctionRequest;
import io.vertx.core.buffer.Buffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Writes down what was delivered to each source's function and how it answered. Thread safe.
public final class DeliveryLog {

    private final String keyColumn;
    private final Map<String, Map<String, BitSet>> ended = new HashMap<>();
    private final Map<String, Set<String>> ownIds = new HashMap<>();
    private final Map<String, Map<String, Map<String, Position>>> acknowledged = new HashMap<>();
    private long posts;
    private long deliveries;
    private long events;
    private long reordered;

    /// What was delivered so far.
    ///
    /// @param posts tries
    /// @param deliveries tries that were answered with success
    /// @param events records among them
    /// @param reordered records among them that came after a newer change of their key
    public record Sums(long posts, long deliveries, long events, long reordered) {

        /// What came after `earlier`.
        public Sums since(Sums earlier) {
            return new Sums(
                    posts - earlier.posts,
                    deliveries - earlier.deliveries,
                    events - earlier.events,
                    reordered - earlier.reordered);
        }

        /// Records that were delivered again.
        public long duplicates() {
            return deliveries - events;
        }
    }

    /// An empty ledger.
    ///
    /// @param keyColumn of the tables
    public DeliveryLog(String keyColumn) {
        this.keyColumn = keyColumn;
    }

    /// The sums now.
    public synchronized Sums sums() {
        return new Sums(posts, deliveries, events, reordered);
    }

    /// The highest position of each key that a function has answered with success.
    ///
    /// @param source name of the KafkaSource before it
    /// @param table whose changes
    public synchronized Map<String, Position> acknowledged(String source, String table) {
        return Map.copyOf(acknowledged.getOrDefault(source, Map.of()).getOrDefault(table, Map.of()));
    }

    /// Takes one answer.
    void answered(String source, FunctionRequest request, Answer answer) {
        boolean success = answer instanceof Answer.Answered known && RetryPolicy.isSuccess(known.status());
        if (!success) {
            synchronized (this) {
                posts++;
            }
            return;
        }
        RecordId.of(request.headers())
                .ifPresentOrElse(
                        record -> succeeded(source, record, request),
                        () -> succeeded(source, String.valueOf(request.headers().get("ce-id"))));
    }

    private void succeeded(String source, RecordId record, FunctionRequest request) {
        byte[] body = request.body().map(Buffer::getBytes).orElse(new byte[0]);
        ChangeEvent.read(body, keyColumn)
                .ifPresentOrElse(change -> succeeded(source, record, change), () -> succeeded(source, record));
    }

    /// A record that is a CloudEvent itself travels under its own id, which says nothing of its topic.
    private synchronized void succeeded(String source, String id) {
        posts++;
        deliveries++;
        if (ownIds.computeIfAbsent(source, s -> new HashSet<>()).add(id)) {
            events++;
        }
    }

    private synchronized void succeeded(String source, RecordId record, ChangeEvent change) {
        boolean first = succeeded(source, record);
        Position position = change.position();
        Position floor = Position.floor(position.epoch());
        Map<String, Position> highest = acknowledged
                .computeIfAbsent(source, s -> new HashMap<>())
                .computeIfAbsent(change.table(), t -> new HashMap<>());
        // A read stands at the floor: it is older than every change, whenever it comes.
        if (first
                && !position.equals(floor)
                && highest.getOrDefault(change.key(), floor).compareTo(position) > 0) {
            reordered++;
        }
        highest.merge(change.key(), position, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    private synchronized boolean succeeded(String source, RecordId record) {
        posts++;
        deliveries++;
        BitSet offsets = ended.computeIfAbsent(source, s -> new HashMap<>())
                .computeIfAbsent(record.topic() + "/" + record.partition(), p -> new BitSet());
        boolean first = !offsets.get((int) record.offset());
        if (first) {
            offsets.set((int) record.offset());
            events++;
        }
        return first;
    }
}
