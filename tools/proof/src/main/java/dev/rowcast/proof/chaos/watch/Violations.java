package dev.rowcast.proof.chaos.watch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Violations that the readers found, each once. Thread safe.
public final class Violations {

    private final Set<String> backwards = new LinkedHashSet<>();
    private final Set<String> lost = new LinkedHashSet<>();

    /// Adds a position that fell.
    synchronized void backwards(String line) {
        backwards.add(line);
    }

    /// Adds an acknowledged change that is missing.
    public synchronized void lost(String line) {
        lost.add(line);
    }

    /// {@return the positions that fell}
    public synchronized List<String> backwards() {
        return List.copyOf(backwards);
    }

    /// {@return the acknowledged changes that are missing}
    public synchronized List<String> lost() {
        return List.copyOf(lost);
    }

    /// Removes all violations.
    public synchronized void clear() {
        backwards.clear();
        lost.clear();
    }
}
