package dev.rowcast.proof.chaos.watch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What observers saw that must not be, each once. Thread safe.
public final class Violations {

    private final Set<String> backwards = new LinkedHashSet<>();
    private final Set<String> lost = new LinkedHashSet<>();

    /// A reader saw a store go back.
    synchronized void backwards(String what) {
        backwards.add(what);
    }

    /// Something was acknowledged that is not there.
    synchronized void lost(String what) {
        lost.add(what);
    }

    /// Everything seen backwards so far.
    public synchronized List<String> backwards() {
        return new ArrayList<>(backwards);
    }

    /// Everything seen lost so far.
    public synchronized List<String> lost() {
        return new ArrayList<>(lost);
    }

    /// Forgets everything.
    public synchronized void clear() {
        backwards.clear();
        lost.clear();
    }
}
