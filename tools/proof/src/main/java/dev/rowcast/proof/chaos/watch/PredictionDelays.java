package dev.rowcast.proof.chaos.watch;

import java.time.Duration;
import java.util.Arrays;

/// Histogram of prediction delays in milliseconds; delays above the limit are counted at the limit.
/// Thread safe.
public final class PredictionDelays {

    private static final int LIMIT_MILLIS = 300_000;

    private final int[] counts = new int[LIMIT_MILLIS + 1];
    private long total;

    synchronized void add(Duration delay) {
        counts[Math.clamp(delay.toMillis(), 0, LIMIT_MILLIS)]++;
        total++;
    }

    /// {@return the delay that this share of the predictions did not exceed; zero when there are none}
    ///
    /// @param share 0 to 1
    public synchronized Duration quantile(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int millis = 0; millis <= LIMIT_MILLIS; millis++) {
            seen += counts[millis];
            if (seen >= wanted) {
                return Duration.ofMillis(millis);
            }
        }
        return Duration.ZERO;
    }

    /// Removes all delays.
    public synchronized void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }
}
