package dev.rowcast.drift;

import java.util.Arrays;

/// The population stability index: the distance between two distributions.
public final class Psi {

    /// Below it there is hardly any shift, by the usual convention.
    public static final double SOME = 0.1;

    /// From it upwards the shift is large, by the usual convention.
    public static final double LARGE = 0.25;

    /// The share of an empty bin, by the usual convention: the logarithm of 0 would be infinite.
    private static final double FLOOR = 1e-4;

    private Psi() {}

    /// Σ (b − a) · ln(b ÷ a) over the shares of the bins: 0 if they are equal, and symmetric.
    ///
    /// @param a counts by bin
    /// @param b counts by bin, of the same bins
    /// @return the index, 0 or more; 0 if one of them is empty
    /// @throws IllegalArgumentException if the numbers of bins differ
    public static double of(long[] a, long[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(a.length + " bins cannot be compared with " + b.length);
        }
        double totalA = Arrays.stream(a).sum();
        double totalB = Arrays.stream(b).sum();
        if (totalA == 0 || totalB == 0) {
            return 0;
        }
        double index = 0;
        for (int bin = 0; bin < a.length; bin++) {
            double shareA = Math.max(a[bin] / totalA, FLOOR);
            double shareB = Math.max(b[bin] / totalB, FLOOR);
            index += (shareB - shareA) * Math.log(shareB / shareA);
        }
        return index;
    }
}
