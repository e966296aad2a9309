package dev.rowcast.model.output;

import java.util.List;

/// A distribution of numbers.
///
/// @param edges the edges of the bins, ascending, one more than there are bins
/// @param counts rows in each bin
public record Histogram(List<Double> edges, List<Long> counts) {
    /// Copies the lists.
    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
    }
}
