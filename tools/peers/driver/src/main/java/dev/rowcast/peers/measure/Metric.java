package dev.rowcast.peers.measure;

/// The rows of the table.
public enum Metric {
    /// Process started → the result of a waiting change is committed.
    START("start → first result", "s", "%.1f"),
    /// Memory before the first event, where a function is not started yet.
    MEMORY_AT_ZERO("memory at zero", "MiB", "%.0f"),
    /// Memory ten seconds after the first result.
    MEMORY_IDLE("memory, idle", "MiB", "%.0f"),
    /// CPU of an idle contender.
    CPU_IDLE("CPU, idle", "% of a core", "%.1f"),
    /// Memory after the backfill.
    MEMORY_LOADED("memory, after the backfill", "MiB", "%.0f"),
    /// First to last committed result of the backfill.
    BACKFILL("backfill", "changes/s", "%,.0f"),
    /// Process started → all results of the backfill.
    BACKFILL_TOTAL("backfill with the start", "s", "%.1f"),
    /// CPU of the contender for the backfill.
    BACKFILL_CPU("CPU for 1,000 changes, backfill", "ms", "%,.0f"),
    /// CPU of Postgres and Kafka for the backfill.
    BACKFILL_CPU_STORES("the same, of Postgres and Kafka", "ms", "%,.0f"),
    /// CPU of the contender at the highest rate.
    RATE_CPU("CPU for 1,000 changes, highest rate", "ms", "%,.0f"),
    /// CPU of Postgres and Kafka at the highest rate.
    RATE_CPU_STORES("the same, of Postgres and Kafka", "ms", "%,.0f"),
    /// Rows without their result at the end.
    LOST("kill -9: lost", "rows", "%.0f"),
    /// Repeated writes.
    TWICE("kill -9: written twice", "writes", "%.0f"),
    /// Older over newer.
    BACKWARDS("kill -9: older over newer", "writes", "%.0f"),
    /// Deleted rows with a result.
    DELETES_MISSED("kill -9: deletes missed", "rows", "%.0f"),
    /// Scores that differ from the model's.
    WRONG_SCORES("wrong scores of a sample", "rows", "%.0f"),
    /// Longest time without a write after the kill.
    SILENCE("kill -9: longest time without a result", "s", "%.1f");

    private final String title;
    private final String unit;
    private final String format;

    Metric(String title, String unit, String format) {
        this.title = title;
        this.unit = unit;
        this.format = format;
    }

    /// The text of the row.
    public String title() {
        return title;
    }

    /// The unit of the row.
    public String unit() {
        return unit;
    }

    /// A value as text; a dash when it was not measured.
    public String text(double value) {
        return Double.isNaN(value) ? "–" : format.formatted(value);
    }
}
