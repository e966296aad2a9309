package dev.rowcast.local.load;

import dev.rowcast.local.load.row.RowChange;

/// Counts the changes of one burst by kind.
final class BurstCount {

    private int inserts;
    private int updates;
    private int removals;

    void add(RowChange change) {
        switch (change) {
            case RowChange.Insert _ -> inserts++;
            case RowChange.Update _ -> updates++;
            case RowChange.Remove _ -> removals++;
        }
    }

    int all() {
        return inserts + updates + removals;
    }

    String text() {
        return "%d changes (%d inserts, %d updates, %d deletes)".formatted(all(), inserts, updates, removals);
    }
}
