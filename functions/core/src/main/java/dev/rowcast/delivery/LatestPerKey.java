package dev.rowcast.delivery;

import dev.rowcast.outcome.Outcome;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// The items of one batch by key, and the outcome of each item. Only the newest item of a key is sent to
/// the store.
///
///     key a:  9 → 7 → 4
///     key b:  5              newest() = [a9, b5]
///
/// Not thread safe.
///
/// @param <K> the key, such as that of a row
/// @param <T> an item
final class LatestPerKey<K extends Comparable<K>, T> {

    private record Entry<T>(int number, T item) {}

    private final Outcome[] outcomes;
    // Sorted, so that the batches of all instances lock rows in the same order and cannot deadlock.
    private final SortedMap<K, Queue<Entry<T>>> pending = new TreeMap<>();

    /// @param items the batch
    /// @param key the key of an item
    /// @param age compares items of one key, the newer one being greater; of equal items, the later in the
    ///     batch is newer
    LatestPerKey(List<T> items, Function<T, K> key, Comparator<T> age) {
        outcomes = new Outcome[items.size()];
        Comparator<Entry<T>> newestFirst = Comparator.comparing((Entry<T> entry) -> entry.item(), age)
                .thenComparingInt(Entry::number)
                .reversed();
        for (int number = 0; number < items.size(); number++) {
            T item = items.get(number);
            pending.computeIfAbsent(key.apply(item), k -> new PriorityQueue<>(1, newestFirst))
                    .add(new Entry<>(number, item));
        }
    }

    /// The newest item without an outcome of each key, in the order of the keys; empty when all
    /// items have outcomes.
    List<T> newest() {
        return pending.values().stream().map(Queue::element).map(Entry::item).toList();
    }

    /// Sets the outcome of each of [#newest()], in its order, and those of the older items that
    /// follow from it.
    ///
    /// @param older gives the outcome of an older item; empty if that item is to be sent next
    void settle(List<Outcome> ofNewest, GuardedBatch.Older<T> older) {
        Iterator<Outcome> each = ofNewest.iterator();
        pending.values().forEach(entries -> settle(entries, each.next(), older));
        pending.values().removeIf(Queue::isEmpty);
    }

    private void settle(Queue<Entry<T>> entries, Outcome outcome, GuardedBatch.Older<T> older) {
        Entry<T> newest = entries.remove();
        outcomes[newest.number()] = outcome;
        entries.removeIf(entry -> {
            Optional<Outcome> settled = older.outcome(entry.item(), newest.item(), outcome);
            settled.ifPresent(known -> outcomes[entry.number()] = known);
            return settled.isPresent();
        });
    }

    /// The outcome of each item, in the order of the batch; complete after every item has one.
    List<Outcome> outcomes() {
        return Arrays.asList(outcomes);
    }
}
