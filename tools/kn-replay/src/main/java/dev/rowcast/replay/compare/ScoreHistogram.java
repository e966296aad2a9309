package dev.rowcast.replay.compare;

import dev.rowcast.drift.Psi;

/// How scores are distributed over ten equal bins from 0 to 1. Used by one thread.
final class ScoreHistogram {

    /// How many bins there are.
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

    /// The share of a bin, 0 to 1; 0 when nothing was added.
    double share(int bin) {
        return total == 0 ? 0 : (double) counts[bin] / total;
    }

    /// How far one is from the other.
    static double psi(ScoreHistogram a, ScoreHistogram b) {
        return Psi.of(a.counts, b.counts);
    }

    /// The bin in words, such as `0.3–0.4`.
    static String name(int bin) {
        return "%d.%d–%d.%d".formatted(bin / BINS, bin % BINS, (bin + 1) / BINS, (bin + 1) % BINS);
    }
}
