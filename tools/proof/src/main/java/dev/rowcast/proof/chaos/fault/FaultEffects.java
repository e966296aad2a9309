package dev.rowcast.proof.chaos.fault;

import dev.rowcast.proof.chaos.delivery.RecordId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What faults leave behind and the verdict must know. Thread safe.
public final class FaultEffects {

    private final Set<RecordId> unreadable = new LinkedHashSet<>();
    private final List<String> broken = new ArrayList<>();

    /// Records that no function can read, whatever is mended.
    synchronized void unreadable(Collection<RecordId> records) {
        unreadable.addAll(records);
    }

    /// A promise was broken while the fault lasted.
    synchronized void broken(String what) {
        broken.add(what);
    }

    /// Every unreadable record since the last [#forget()]: each must be a dead letter of every source that reads it.
    public synchronized Set<RecordId> unreadable() {
        return Set.copyOf(unreadable);
    }

    /// Every broken promise since the last [#forget()], each in a line.
    public synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    /// Forgets everything.
    public synchronized void forget() {
        unreadable.clear();
        broken.clear();
    }
}
