package dev.rowcast.proof.chaos.watch;

import dev.rowcast.change.Position;
import java.util.HashMap;
import java.util.Map;

/// Compares the positions of a store with those of the previous read. One thread only.
final class PositionHistory {

    private final String store;
    private final Violations violations;
    private Map<String, Position> last = new HashMap<>();

    PositionHistory(String store, Violations violations) {
        this.store = store;
        this.violations = violations;
    }

    /// Adds the result of a read.
    ///
    /// @param now position of every key in the store
    /// @param acknowledged position of each key that a function had acknowledged before the read
    void add(Map<String, Position> now, Map<String, Position> acknowledged) {
        last.forEach((key, position) -> {
            Position found = now.get(key);
            if (found == null) {
                violations.backwards(store + ", " + key + ": is gone, was at " + position);
            } else if (found.compareTo(position) < 0) {
                violations.backwards(store + ", " + key + ": is at " + found + ", was at " + position);
            }
        });
        acknowledged.forEach((key, position) -> {
            Position found = now.get(key);
            boolean isRead = position.equals(Position.floor(position.epoch()));
            if (!isRead && (found == null || found.compareTo(position) < 0)) {
                violations.lost(store + ", " + key + ": " + position + " was answered with success, and it is "
                        + (found == null ? "missing" : "at " + found));
            }
        });
        last = now;
    }
}
