package dev.rowcast.replay.compare;

import dev.rowcast.drift.Psi;

/// The distribution of scores over ten equal bins from 0 to 1. Used by one thread.
final class ScoreHistogram {

    /// Number of bins.
    static final int BINS = 10;

    private final long[] counts = new long[BINS];
    private long total;

    /// Adds a score, 0 to 1; 1 belongs to the last bin.
    void add(double score) {
        counts[Math.clamp((int) (score * BINS), 0, BINS - 1)]++;
        total++;
    }

    long count(int bin) {
        return counts[bin];
    }

    long total() {
        return total;
    }

    /// {@return the share of a bin, 0 to 1; 0 if the histogram is empty}
    double share(int bin) {
        return total == 0 ? 0 : (double) counts[bin] / total;
    }

    /// {@return the population stability index of two distributions}
    static double psi(ScoreHistogram a, ScoreHistogram b) {
        return Psi.of(a.counts, b.counts);
    }

    /// {@return the name of a bin, such as `0.3–0.4`}
    static String name(int bin) {
        return "%d.%d–%d.%d".formatted(bin / BINS, bin % BINS, (bin + 1) / BINS, (bin + 1) % BINS);
    }
}
