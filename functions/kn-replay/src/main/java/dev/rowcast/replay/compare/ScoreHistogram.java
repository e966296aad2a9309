package dev.rowcast.replay.compare;

/// How scores are distributed over ten equal bins from 0 to 1. Used by one thread.
final class ScoreHistogram {

    /// How many bins there are.
    static final int BINS = 10;

    /// The share that an empty bin counts with in [#psi]: one in ten thousand, as is usual, since its logarithm would
    /// be
    /// infinite.
    private static final double FLOOR = 1e-4;

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

    /// The population stability index between two distributions: Σ (b − a) · ln(b ÷ a) over the shares of the bins. 0
    /// when
    /// they are equal, and the same in both directions.
    static double psi(ScoreHistogram a, ScoreHistogram b) {
        if (a.total == 0 || b.total == 0) {
            return 0;
        }
        double index = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double shareA = Math.max(a.share(bin), FLOOR);
            double shareB = Math.max(b.share(bin), FLOOR);
            index += (shareB - shareA) * Math.log(shareB / shareA);
        }
        return index;
    }

    /// The bin in words, such as `0.3–0.4`.
    static String name(int bin) {
        return "%d.%d–%d.%d".formatted(bin / BINS, bin % BINS, (bin + 1) / BINS, (bin + 1) % BINS);
    }
}
