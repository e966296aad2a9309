package dev.rowcast.proof.chaos.watch;

import java.time.Duration;
import java.util.Arrays;

/// How long predictions took, counted by the millisecond, the longest ones together. Thread safe.
public final class PredictionDelays {

    private static final int LONGEST_MILLIS = 300_000;

    private final int[] counts = new int[LONGEST_MILLIS + 1];
    private long all;

    synchronized void add(Duration delay) {
        counts[Math.clamp(delay.toMillis(), 0, LONGEST_MILLIS)]++;
        all++;
    }

    /// The delay that this share of the predictions did not exceed; zero when there are none.
    ///
    /// @param share 0 to 1
    public synchronized Duration quantile(double share) {
        long wanted = (long) Math.ceil(share * all);
        long seen = 0;
        for (int millis = 0; millis <= LONGEST_MILLIS; millis++) {
            seen += counts[millis];
            if (seen >= wanted) {
                return Duration.ofMillis(millis);
            }
        }
        return Duration.ZERO;
    }

    /// Forgets everything.
    public synchronized void clear() {
        Arrays.fill(counts, 0);
        all = 0;
    }
}
