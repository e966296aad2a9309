package dev.rowcast.proof.chaos.watch;

import dev.rowcast.change.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Checks the positions of the changes of each key in the order of the source topic. One thread
/// adds; [#races()] is thread safe.
///
/// Debezium streams transactions in the order of their commits, so a new change must have a higher position
/// than every earlier change of its key. A connector that was killed repeats some changes; a repeated
/// change must not overtake its successor.
final class TopicOrder {

    /// More changes of one key than a connector repeats after a restart.
    private static final int REMEMBERED = 1_000;

    /// A change.
    ///
    /// @param lsn identifies the change: no other change of its key has this LSN
    /// @param highest position that the change had in the topic
    private record SeenChange(long lsn, Position highest) {}

    private final Violations violations;
    private final Map<String, List<SeenChange>> byKey = new HashMap<>();
    private final AtomicLong races = new AtomicLong();

    TopicOrder(Violations violations) {
        this.violations = violations;
    }

    /// Adds the next change.
    void add(String key, Position position) {
        List<SeenChange> seen = byKey.computeIfAbsent(key, k -> new ArrayList<>());
        for (int i = seen.size() - 1; i >= 0; i--) {
            if (seen.get(i).lsn() == position.lsn()) {
                addRepeated(key, seen, i, position);
                return;
            }
        }
        if (!seen.isEmpty()) {
            SeenChange last = seen.getLast();
            if (position.compareTo(last.highest()) <= 0) {
                violations.backwards("source topic, " + key + ": a new change is at " + position
                        + ", the one before it at " + last.highest());
            }
            if (position.lsn() < last.lsn()) {
                races.incrementAndGet();
            }
        }
        seen.add(new SeenChange(position.lsn(), position));
        if (seen.size() > REMEMBERED) {
            seen.removeFirst();
        }
    }

    private void addRepeated(String key, List<SeenChange> seen, int index, Position position) {
        if (position.compareTo(seen.get(index).highest()) > 0) {
            if (index + 1 < seen.size()
                    && position.compareTo(seen.get(index + 1).highest()) >= 0) {
                violations.backwards("source topic, " + key + ": a repeated change is at " + position
                        + ", the one after it at " + seen.get(index + 1).highest());
            }
            seen.set(index, new SeenChange(position.lsn(), position));
        }
    }

    /// {@return the number of changes with a lower LSN than the earlier commit of their key}
    long races() {
        return races.get();
    }
}
