package dev.rowcast.proof.chaos.watch;

import dev.rowcast.change.Position;
import java.util.HashMap;
import java.util.Map;

/// The positions that one reader of a store has seen of each key. One thread only.
final class PositionHistory {

    private final String store;
    private final Violations findings;
    private Map<String, Position> last = new HashMap<>();

    PositionHistory(String store, Violations findings) {
        this.store = store;
        this.findings = findings;
    }

    /// Takes what a look showed.
    ///
    /// @param now position of every key there is
    /// @param acknowledged the position of each key that a function had acknowledged before the look began
    void look(Map<String, Position> now, Map<String, Position> acknowledged) {
        last.forEach((key, position) -> {
            Position found = now.get(key);
            if (found == null) {
                findings.backwards(store + ", " + key + ": is gone, was at " + position);
            } else if (found.compareTo(position) < 0) {
                findings.backwards(store + ", " + key + ": is at " + found + ", was at " + position);
            }
        });
        acknowledged.forEach((key, position) -> {
            Position found = now.get(key);
            boolean isRead = position.equals(Position.floor(position.epoch()));
            if (!isRead && (found == null || found.compareTo(position) < 0)) {
                findings.lost(store + ", " + key + ": " + position + " was answered with success, and it is "
                        + (found == null ? "not there" : "at " + found));
            }
        });
        last = now;
    }
}
