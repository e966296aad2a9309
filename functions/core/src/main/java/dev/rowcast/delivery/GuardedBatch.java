package dev.rowcast.delivery;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Stores a batch and gives each of its items an outcome. Only the newest item of each key is sent: once it
/// is stored, the others are stale. If it is rejected, the next older one is sent.
///
///     items → newest of each key → store → outcome of each
///                   ▲                          │
///                   └──── next older item ─────┘ the newest is rejected
///
/// Thread safe if the store is.
///
/// @param <K> the key, such as that of a row
/// @param <T> an item
public final class GuardedBatch<K extends Comparable<K>, T> {

    /// Decides the outcome of an older item of a key after the newest one has its outcome.
    ///
    /// @param <T> an item
    @FunctionalInterface
    public interface Older<T> {

        /// The outcome of `older`; empty if `older` is to be sent next.
        Optional<Outcome> outcome(T older, T newest, Outcome ofNewest);
    }

    private final Function<T, K> key;
    private final Comparator<T> age;
    private final Function<List<T>, List<Outcome>> store;
    private final Older<T> superseded;

    /// @param key the key of an item; items of one key exclude each other
    /// @param age compares items of one key, the newer one being greater
    /// @param store stores items of different keys and returns one outcome for each; it may block
    /// @param superseded decides about older items after the newest is stored or stale
    public GuardedBatch(
            Function<T, K> key, Comparator<T> age, Function<List<T>, List<Outcome>> store, Older<T> superseded) {
        this.key = key;
        this.age = age;
        this.store = store;
        this.superseded = superseded;
    }

    /// A batch for a store that receives all items in one request, and in which every older item is stale.
    public static <K extends Comparable<K>, T> GuardedBatch<K, T> ofOneRequest(
            Function<T, K> key, Comparator<T> age, Function<List<T>, StoreAnswer> store) {
        return new GuardedBatch<>(
                key,
                age,
                items -> SplitOnFault.send(List.of(items), store),
                (older, newest, ofNewest) -> Optional.of(Skipped.STALE));
    }

    /// Stores `items`; blocks until each has its outcome.
    ///
    /// @return one outcome for each item, in their order
    public List<Outcome> store(List<T> items) {
        LatestPerKey<K, T> batch = new LatestPerKey<>(items, key, age);
        for (List<T> newest = batch.newest(); !newest.isEmpty(); newest = batch.newest()) {
            batch.settle(store.apply(newest), this::older);
        }
        return batch.outcomes();
    }

    private Optional<Outcome> older(T older, T newest, Outcome ofNewest) {
        return switch (ofNewest) {
            case Stored _, Skipped _ -> superseded.outcome(older, newest, ofNewest);
            case Rejected _ -> Optional.empty();
            case Unavailable _ -> Optional.of(ofNewest);
        };
    }
}
