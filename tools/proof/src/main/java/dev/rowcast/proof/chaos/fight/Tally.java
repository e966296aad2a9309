package dev.rowcast.proof.chaos.fight;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Counts the outcomes of the fight, and keeps what no fight explains. Thread safe.
final class Tally {

    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Set<String> keys = new TreeSet<>();
    private List<String> unexpected = new ArrayList<>();
    private long blocked;

    /// A transaction ended.
    ///
    /// @param changed keys of the rows that it inserted or changed
    synchronized void ended(Outcome outcome, Collection<String> changed) {
        outcomes.merge(outcome, 1L, Long::sum);
        if (outcome == Outcome.COMMITTED) {
            keys.addAll(changed);
        }
    }

    /// An insert was seen waiting for another transaction.
    synchronized void blocked() {
        blocked++;
    }

    /// Something happened that no fight explains.
    synchronized void unexpected(String what) {
        unexpected.add(what);
    }

    /// What was unexpected since the last call.
    synchronized List<String> takeUnexpected() {
        List<String> taken = unexpected;
        unexpected = new ArrayList<>();
        return taken;
    }

    /// Keys that a committed transaction has inserted or changed.
    synchronized Set<String> keys() {
        return new TreeSet<>(keys);
    }

    synchronized FightSums sums() {
        return new FightSums(
                count(Outcome.COMMITTED),
                count(Outcome.ROLLED_BACK),
                count(Outcome.REFUSED),
                count(Outcome.DEADLOCK),
                blocked,
                count(Outcome.DISCONNECTED));
    }

    private long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }
}
