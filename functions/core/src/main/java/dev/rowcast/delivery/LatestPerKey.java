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

/// The items of one batch, and what becomes of each. Several of them may be for the same place in the store, such as
/// one
/// row: only the newest is worth storing, because once it is stored the others are stale. When it alone is at fault,
/// the
/// next one below takes its place.
///
///     place a:  9 → 7 → 4
///     place b:  5              newest() = [a9, b5]
///
/// Used by one thread.
///
/// @param <P> a place in the store
/// @param <T> an item
public final class LatestPerKey<P extends Comparable<P>, T> {

    /// What is known of a place after its newest item went to the store.
    ///
    /// @param newest what became of the newest item
    /// @param older what that means for an older one of the same place; empty: it is to be tried
    /// @param <T> an item
    public record Settlement<T>(Outcome newest, Function<T, Optional<Outcome>> older) {

        /// Older items have an outcome, too, and it is the same for all of them.
        public static <T> Settlement<T> ofAll(Outcome newest, Outcome older) {
            return new Settlement<>(newest, item -> Optional.of(older));
        }

        /// Only the newest has its outcome; the next one below is to be tried.
        public static <T> Settlement<T> ofTheNewest(Outcome newest) {
            return new Settlement<>(newest, item -> Optional.empty());
        }
    }

    private record Entry<T>(int number, T item) {}

    private final Outcome[] outcomes;
    // Sorted, so that every batch of every instance locks its places in the same order and no two wait for each other.
    private final SortedMap<P, Queue<Entry<T>>> open = new TreeMap<>();

    /// @param items the batch
    /// @param place the place that an item is for
    /// @param age compares items of one place, the newer one being greater; of equal ones the later counts as newer
    public LatestPerKey(List<T> items, Function<T, P> place, Comparator<T> age) {
        outcomes = new Outcome[items.size()];
        Comparator<Entry<T>> newestFirst = Comparator.comparing((Entry<T> entry) -> entry.item(), age)
                .thenComparingInt(Entry::number)
                .reversed();
        for (int number = 0; number < items.size(); number++) {
            T item = items.get(number);
            open.computeIfAbsent(place.apply(item), p -> new PriorityQueue<>(1, newestFirst))
                    .add(new Entry<>(number, item));
        }
    }

    /// The newest item of each place that has no outcome yet, in the order of the places; empty when all have one.
    public List<T> newest() {
        return open.values().stream().map(Queue::element).map(Entry::item).toList();
    }

    /// Takes one settlement for each of [#newest()], in its order.
    public void settle(List<Settlement<T>> settlements) {
        Iterator<Settlement<T>> each = settlements.iterator();
        open.values().forEach(entries -> settle(entries, each.next()));
        open.values().removeIf(Queue::isEmpty);
    }

    private void settle(Queue<Entry<T>> entries, Settlement<T> settlement) {
        outcomes[entries.remove().number()] = settlement.newest();
        entries.removeIf(entry -> {
            Optional<Outcome> outcome = settlement.older().apply(entry.item());
            outcome.ifPresent(known -> outcomes[entry.number()] = known);
            return outcome.isPresent();
        });
    }

    /// The outcome of each item, in the order of the batch, when all have one.
    public List<Outcome> outcomes() {
        return Arrays.asList(outcomes);
    }
}
