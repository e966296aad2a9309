package dev.rowcast.drift;

import dev.rowcast.model.FeatureRow;
import java.util.List;

/// Counts scored rows until somebody takes the counts. Its memory is that of the bins, however many rows there are.
/// Thread safe.
public final class LiveCounts {

    /// A row and what the model said of it.
    ///
    /// @param features what the model took of the row
    /// @param score the probability, 0 to 1
    public record ScoredRow(FeatureRow features, float score) {}

    private final Bins bins;
    private long[] counts;
    private long rows;

    /// Counts in `bins`.
    public LiveCounts(Bins bins) {
        this.bins = bins;
        this.counts = new long[bins.size()];
    }

    /// What it counts in.
    public Bins bins() {
        return bins;
    }

    /// Counts every row once.
    public synchronized void add(List<ScoredRow> scored) {
        for (ScoredRow row : scored) {
            bins.count(row.features(), row.score(), counts);
        }
        rows += scored.size();
    }

    /// Rows that were counted since the counts were last taken.
    public synchronized long rows() {
        return rows;
    }

    /// What was counted since they were last taken, by bin. The count begins anew.
    public synchronized long[] take() {
        long[] taken = counts;
        counts = new long[bins.size()];
        rows = 0;
        return taken;
    }
}
