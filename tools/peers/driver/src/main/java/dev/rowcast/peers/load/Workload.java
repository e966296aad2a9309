package dev.rowcast.peers.load;

import dev.rowcast.peers.load.SourceChange.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The changes of the benchmark. The key of a measured change names its operation, so that one query knows
/// whether its result is stored.
public final class Workload {

    private static final int ROWS_PER_TRANSACTION = 1_000;
    private static final int KEYS_OF_THE_CRASH = 300;
    private static final int DELETES_PERCENT = 15;
    private static final int UPDATED = 1_000_000;

    private Workload() {}

    /// The row of a measured change before it: updates and deletes need one.
    ///
    /// @return changes that insert these rows
    public static List<SourceChange> rowsBefore(List<SourceChange> measured) {
        return measured.stream()
                .filter(change -> !change.key().endsWith("~c"))
                .map(change -> new SourceChange(change.key(), Kind.UPSERT, change.value() + UPDATED))
                .toList();
    }

    /// Measured changes, each of a row of its own: of ten changes six update, three insert and one deletes.
    ///
    /// @param prefix of the keys, which end with `~u`, `~c` or `~d`
    public static List<SourceChange> measured(String prefix, int count) {
        List<SourceChange> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String operation = i % 10 == 9 ? "d" : i % 3 == 0 ? "c" : "u";
            changes.add(new SourceChange(
                    prefix + i + "~" + operation, operation.equals("d") ? Kind.DELETE : Kind.UPSERT, i));
        }
        return changes;
    }

    /// Random changes of few rows, so that the order of the changes of a row matters.
    public static List<SourceChange> contested(String prefix, int count, long seed) {
        Random random = new Random(seed);
        List<SourceChange> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Kind kind = random.nextInt(100) < DELETES_PERCENT ? Kind.DELETE : Kind.UPSERT;
            changes.add(new SourceChange(prefix + random.nextInt(KEYS_OF_THE_CRASH), kind, random.nextInt(UPDATED)));
        }
        return changes;
    }

    /// Writes the changes of the backfill: of ten changes six insert, three update and one deletes.
    public static void writeBackfill(SourceWriter writer, String prefix, int changes) throws SQLException {
        int rows = changes * 6 / 10;
        int updated = changes * 3 / 10;
        int deleted = changes - rows - updated;
        for (int from = 1; from <= rows; from += ROWS_PER_TRANSACTION) {
            writer.upsertRange(prefix, from, Math.min(rows, from + ROWS_PER_TRANSACTION - 1), 0);
        }
        for (int from = 1; from <= updated; from += ROWS_PER_TRANSACTION) {
            writer.upsertRange(prefix, from, Math.min(updated, from + ROWS_PER_TRANSACTION - 1), UPDATED);
        }
        for (int from = rows - deleted + 1; from <= rows; from += ROWS_PER_TRANSACTION) {
            writer.deleteRange(prefix, from, Math.min(rows, from + ROWS_PER_TRANSACTION - 1));
        }
    }
}
