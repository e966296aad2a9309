package dev.rowcast.proof.chaos.fault;

import dev.rowcast.proof.chaos.delivery.RecordId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Effects of faults that the final check must know. Thread safe.
public final class FaultEffects {

    private final Set<RecordId> unreadable = new LinkedHashSet<>();
    private final List<String> violations = new ArrayList<>();

    /// Adds records that no function can ever read.
    synchronized void addUnreadable(Collection<RecordId> records) {
        unreadable.addAll(records);
    }

    /// Adds a promise that was broken during the fault.
    synchronized void addViolation(String line) {
        violations.add(line);
    }

    /// {@return the unreadable records: each must become a dead letter of every source that reads it}
    public synchronized Set<RecordId> unreadable() {
        return Set.copyOf(unreadable);
    }

    /// {@return a line for each broken promise}
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /// Removes all effects.
    public synchronized void clear() {
        unreadable.clear();
        violations.clear();
    }
}
