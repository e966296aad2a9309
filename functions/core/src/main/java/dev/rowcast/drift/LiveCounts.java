package dev.rowcast.drift;

import dev.rowcast.model.FeatureRow;
import java.util.List;

/// Counts scored rows until the counts are taken. Its memory is constant: one number for each
/// bin. Thread safe.
public final class LiveCounts {

    /// A row and its score.
    ///
    /// @param features the features of the row
    /// @param score the probability, 0 to 1
    public record ScoredRow(FeatureRow features, float score) {}

    private final Bins bins;
    private long[] counts;
    private long rows;

    /// Starts with all counts 0.
    public LiveCounts(Bins bins) {
        this.bins = bins;
        this.counts = new long[bins.size()];
    }

    /// The bins that are counted.
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

    /// The number of rows since the counts were last taken.
    public synchronized long rows() {
        return rows;
    }

    /// Returns the counts by bin, and resets them to 0.
    public synchronized long[] take() {
        long[] taken = counts;
        counts = new long[bins.size()];
        rows = 0;
        return taken;
    }
}
