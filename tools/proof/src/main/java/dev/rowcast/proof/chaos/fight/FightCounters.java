package dev.rowcast.proof.chaos.fight;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Counts the outcomes of transactions, and keeps the unexpected errors. Thread safe.
final class FightCounters {

    private final Map<TransactionOutcome, Long> outcomes = new EnumMap<>(TransactionOutcome.class);
    private final Set<String> keys = new TreeSet<>();
    private List<String> unexpected = new ArrayList<>();
    private long blocked;

    /// Counts a transaction that ended.
    ///
    /// @param changed keys of the rows that it inserted or changed
    synchronized void ended(TransactionOutcome outcome, Collection<String> changed) {
        outcomes.merge(outcome, 1L, Long::sum);
        if (outcome == TransactionOutcome.COMMITTED) {
            keys.addAll(changed);
        }
    }

    /// Counts an insert that waited for another transaction.
    synchronized void blocked() {
        blocked++;
    }

    /// Keeps an unexpected error.
    synchronized void unexpected(String line) {
        unexpected.add(line);
    }

    /// {@return the unexpected errors since the last call}
    synchronized List<String> takeUnexpected() {
        List<String> taken = unexpected;
        unexpected = new ArrayList<>();
        return taken;
    }

    /// {@return the keys that committed transactions inserted or changed}
    synchronized Set<String> keys() {
        return new TreeSet<>(keys);
    }

    synchronized FightCounts counts() {
        return new FightCounts(
                count(TransactionOutcome.COMMITTED),
                count(TransactionOutcome.ROLLED_BACK),
                count(TransactionOutcome.REFUSED),
                count(TransactionOutcome.DEADLOCK),
                blocked,
                count(TransactionOutcome.DISCONNECTED));
    }

    private long count(TransactionOutcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }
}
