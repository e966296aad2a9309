package dev.rowcast.local.load;

import dev.rowcast.local.load.row.RowChange;

/// Counts the changes of one burst by kind.
final class BurstCount {

    private int inserts;
    private int updates;
    private int deletes;

    void add(RowChange change) {
        switch (change) {
            case RowChange.Insert _ -> inserts++;
            case RowChange.Update _ -> updates++;
            case RowChange.Delete _ -> deletes++;
        }
    }

    int all() {
        return inserts + updates + deletes;
    }

    String text() {
        return "%d changes (%d inserts, %d updates, %d deletes)".formatted(all(), inserts, updates, deletes);
    }
}
