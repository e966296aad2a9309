package dev.rowcast.proof.chaos.delivery;

import dev.rowcast.change.Position;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import io.vertx.core.buffer.Buffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Counts deliveries to functions and keeps the acknowledged positions. Thread safe.
public final class DeliveryLog {

    private static final String KEY_COLUMN = "customerid";

    private final Map<String, BitSet> delivered = new HashMap<>();
    private final Map<String, Set<String>> deliveredIds = new HashMap<>();
    private final Map<String, Map<String, Map<String, Position>>> acknowledged = new HashMap<>();
    private long posts;
    private long deliveries;
    private long events;
    private long reordered;

    /// Counts since the start.
    ///
    /// @param posts number of tries
    /// @param deliveries tries that were answered with success
    /// @param events number of different events among them
    /// @param reordered events among them that were delivered after a newer change of their key
    public record Counts(long posts, long deliveries, long events, long reordered) {

        /// {@return the counts since `earlier`}
        public Counts since(Counts earlier) {
            return new Counts(
                    posts - earlier.posts,
                    deliveries - earlier.deliveries,
                    events - earlier.events,
                    reordered - earlier.reordered);
        }

        /// {@return the number of repeated deliveries}
        public long duplicates() {
            return deliveries - events;
        }
    }

    /// {@return the counts so far}
    public synchronized Counts counts() {
        return new Counts(posts, deliveries, events, reordered);
    }

    /// {@return the highest position of each key that a function answered with success}
    ///
    /// @param source name of the function's KafkaSource
    /// @param table whose changes were delivered
    public synchronized Map<String, Position> acknowledged(String source, String table) {
        return Map.copyOf(acknowledged.getOrDefault(source, Map.of()).getOrDefault(table, Map.of()));
    }

    /// Adds an answer.
    void add(String source, FunctionRequest request, FunctionResponse answer) {
        if (answer.isSuccess()) {
            Optional<RecordId> record = RecordId.of(request.headers());
            byte[] body = request.body().map(Buffer::getBytes).orElse(new byte[0]);
            Optional<ChangeEvent> change = record.flatMap(id -> ChangeEvent.read(body, KEY_COLUMN));
            synchronized (this) {
                posts++;
                deliveries++;
                boolean first = record.map(id -> isFirst(source, id))
                        .orElseGet(() ->
                                isFirst(source, String.valueOf(request.headers().get("ce-id"))));
                if (first) {
                    events++;
                }
                change.ifPresent(found -> acknowledge(source, found, first));
            }
        } else {
            synchronized (this) {
                posts++;
            }
        }
    }

    private boolean isFirst(String source, RecordId record) {
        BitSet offsets =
                delivered.computeIfAbsent(source + " " + record.topic() + "/" + record.partition(), p -> new BitSet());
        boolean first = !offsets.get((int) record.offset());
        offsets.set((int) record.offset());
        return first;
    }

    /// A record that is a CloudEvent has an id of its own, which does not name the record.
    private boolean isFirst(String source, String id) {
        return deliveredIds.computeIfAbsent(source, s -> new HashSet<>()).add(id);
    }

    private void acknowledge(String source, ChangeEvent change, boolean first) {
        Position position = change.position();
        Position floor = Position.floor(position.epoch());
        Map<String, Position> highest = acknowledged
                .computeIfAbsent(source, s -> new HashMap<>())
                .computeIfAbsent(change.table(), t -> new HashMap<>());
        // The position of a read is the floor: a read is older than every change, whenever it is delivered.
        if (first
                && !position.equals(floor)
                && highest.getOrDefault(change.key(), floor).compareTo(position) > 0) {
            reordered++;
        }
        highest.merge(change.key(), position, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }
}
