package dev.rowcast.replay.compare;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The keys whose scores are furthest apart, each by its furthest change; none whose score and label stay. It holds no
/// more than it is asked for,
/// however
/// many keys there are. Used by one thread.
final class MostChanged {

    private static final Comparator<ScorePair> FURTHEST = Comparator.comparingDouble(ScorePair::distance)
            .thenComparing(ScorePair::isFlip)
            .reversed()
            .thenComparing(ScorePair::key);

    private final int most;
    private final Map<String, ScorePair> kept = new HashMap<>();

    /// @param most keys that are kept
    MostChanged(int most) {
        this.most = most;
    }

    void add(ScorePair scored) {
        if (most == 0 || (scored.distance() == 0 && !scored.isFlip())) {
            return;
        }
        ScorePair before = kept.get(scored.key());
        if (before != null) {
            kept.put(scored.key(), FURTHEST.compare(scored, before) < 0 ? scored : before);
            return;
        }
        if (kept.size() == most) {
            ScorePair last = kept.values().stream().max(FURTHEST).orElseThrow();
            if (FURTHEST.compare(scored, last) >= 0) {
                return;
            }
            kept.remove(last.key());
        }
        kept.put(scored.key(), scored);
    }

    /// The furthest first.
    List<ScorePair> list() {
        return kept.values().stream().sorted(FURTHEST).toList();
    }
}
