package dev.rowcast.local.chaos.watch;

import java.util.HashMap;
import java.util.Map;

/// The versions that one reader of a store has seen of each key. One thread only.
final class Versions {

    private final String store;
    private final Findings findings;
    private Map<String, Long> last = new HashMap<>();

    Versions(String store, Findings findings) {
        this.store = store;
        this.findings = findings;
    }

    /// Takes what a look showed.
    ///
    /// @param now version of every key there is
    /// @param acknowledged the version of each key that a function had acknowledged before the look began
    void look(Map<String, Long> now, Map<String, Long> acknowledged) {
        last.forEach((key, version) -> {
            Long found = now.get(key);
            if (found == null) {
                findings.backwards(store + ", " + key + ": is gone, was at " + version);
            } else if (found < version) {
                findings.backwards(store + ", " + key + ": is at " + found + ", was at " + version);
            }
        });
        acknowledged.forEach((key, version) -> {
            if (version > 0 && now.getOrDefault(key, -1L) < version) {
                findings.lost(store + ", " + key + ": " + version + " was answered with success, and it is at "
                        + now.getOrDefault(key, -1L));
            }
        });
        last = now;
    }
}
