package dev.rowcast.drift;

import dev.rowcast.model.FeatureRow;
import dev.rowcast.model.output.Predicted;
import java.util.List;

/// Counts scored rows until the counts are taken. Its memory is constant: one number for each
/// bin. Thread safe.
public final class LiveCounts {

    /// A row and its prediction.
    ///
    /// @param features the features of the row
    /// @param predicted the prediction
    public record ScoredRow(FeatureRow features, Predicted predicted) {}

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
            bins.count(row.features(), row.predicted(), counts);
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
