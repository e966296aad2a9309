package dev.rowcast.proof.chaos.watch;

import dev.rowcast.change.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The positions of the changes of each key, in the order in which the connector wrote them. One thread only.
///
/// Debezium streams transactions in the order of their commits, so a change that comes for the first time must have a
/// higher position than every change of its key before it. A connector that was killed tells some changes again; what
/// it
/// tells again must not overtake what came after it.
final class TopicOrder {

    /// More than a connector tells again of one key after a restart.
    private static final int REMEMBERED = 1_000;

    /// A change.
    ///
    /// @param lsn which one it is: no other change of its key has this LSN
    /// @param highest of the positions that it was told at
    private record Told(long lsn, Position highest) {}

    private final Violations findings;
    private final Map<String, List<Told>> byKey = new HashMap<>();
    private long races;

    TopicOrder(Violations findings) {
        this.findings = findings;
    }

    /// Takes the next change.
    void take(String key, Position position) {
        List<Told> told = byKey.computeIfAbsent(key, k -> new ArrayList<>());
        for (int i = told.size() - 1; i >= 0; i--) {
            if (told.get(i).lsn() == position.lsn()) {
                takeAgain(key, told, i, position);
                return;
            }
        }
        if (!told.isEmpty()) {
            Told last = told.getLast();
            if (position.compareTo(last.highest()) <= 0) {
                findings.backwards("source topic, " + key + ": a new change is at " + position
                        + ", the one before it at " + last.highest());
            }
            if (position.lsn() < last.lsn()) {
                races++;
            }
        }
        told.add(new Told(position.lsn(), position));
        if (told.size() > REMEMBERED) {
            told.removeFirst();
        }
    }

    private void takeAgain(String key, List<Told> told, int index, Position position) {
        Told known = told.get(index);
        if (position.compareTo(known.highest()) > 0) {
            if (index + 1 < told.size()
                    && position.compareTo(told.get(index + 1).highest()) >= 0) {
                findings.backwards("source topic, " + key + ": a change comes again at " + position
                        + ", and the one after it is at " + told.get(index + 1).highest());
            }
            told.set(index, new Told(known.lsn(), position));
        }
    }

    /// How many changes had a lower LSN than the one of their key that was committed before them.
    long races() {
        return races;
    }
}
