package dev.rowcast.peers.measure;

import java.util.Arrays;

/// Latencies of a phase, in milliseconds.
///
/// @param millis sorted
public record Latencies(double[] millis) {

    /// Sorts.
    public Latencies {
        millis = millis.clone();
        Arrays.sort(millis);
    }

    /// The latency that this share of the changes did not exceed.
    ///
    /// @param share 0 to 1
    public double quantile(double share) {
        if (millis.length == 0) {
            return Double.NaN;
        }
        return millis[Math.min(millis.length - 1, (int) Math.ceil(share * millis.length))];
    }
}
