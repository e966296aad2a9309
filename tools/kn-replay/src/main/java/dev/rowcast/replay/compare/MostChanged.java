package dev.rowcast.replay.compare;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The keys with the largest differences, each with its largest one. Keys without a difference are not
/// included. Memory is limited to the wanted number of keys. Used by one thread.
final class MostChanged {

    private static final Comparator<ScorePair> LARGEST_FIRST = Comparator.comparingDouble(ScorePair::distance)
            .thenComparing(ScorePair::isFlip)
            .reversed()
            .thenComparing(ScorePair::key);

    private final int limit;
    private final Map<String, ScorePair> kept = new HashMap<>();

    /// @param limit number of keys
    MostChanged(int limit) {
        this.limit = limit;
    }

    void add(ScorePair scores) {
        if (scores.distance() == 0 && !scores.isFlip()) {
            return;
        }
        kept.merge(scores.key(), scores, (one, other) -> LARGEST_FIRST.compare(other, one) < 0 ? other : one);
        if (kept.size() > limit) {
            kept.remove(Collections.max(kept.values(), LARGEST_FIRST).key());
        }
    }

    /// {@return the largest difference first}
    List<ScorePair> list() {
        return kept.values().stream().sorted(LARGEST_FIRST).toList();
    }
}
