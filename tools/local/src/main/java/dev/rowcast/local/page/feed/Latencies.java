package dev.rowcast.local.page.feed;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalDouble;

/// Percentiles of the latest latencies. Not thread safe.
final class Latencies {

    private final long[] nanos;
    private int next;
    private int count;

    /// @param size number of latencies kept
    Latencies(int size) {
        nanos = new long[size];
    }

    void add(Duration latency) {
        nanos[next] = latency.toNanos();
        next = (next + 1) % nanos.length;
        count = Math.min(count + 1, nanos.length);
    }

    int count() {
        return count;
    }

    /// The latency in milliseconds that this share of the latencies does not exceed.
    ///
    /// @param share above 0, at most 1
    OptionalDouble percentile(double share) {
        if (count == 0) {
            return OptionalDouble.empty();
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int index = (int) Math.ceil(share * count) - 1;
        return OptionalDouble.of(sorted[Math.clamp(index, 0, count - 1)] / 1e6);
    }
}
