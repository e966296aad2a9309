package dev.rowcast.peers.measure;

import java.util.Arrays;

/// The latencies of a phase, in milliseconds.
public final class PhaseLatencies {

    private final double[] sorted;

    /// @param millis of each change, infinite for a change without a result
    public PhaseLatencies(double... millis) {
        sorted = millis.clone();
        Arrays.sort(sorted);
    }

    /// The latency that this share of the changes did not exceed.
    ///
    /// @param share 0 to 1
    public double quantile(double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
