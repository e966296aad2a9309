package dev.rowcast.local.load.row;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The frequencies of a histogram's bins, and of the missing value.
///
/// @param counts  frequency of each bin
/// @param missing frequency of the missing value
record Weights(List<Long> counts, long missing) {

    /// A point within a bin.
    ///
    /// @param index  number of the bin
    /// @param within position in the bin, 0 to below 1
    record Bin(int index, double within) {}

    Weights {
        counts = List.copyOf(counts);
        if (total(counts) + missing <= 0) {
            throw new IllegalArgumentException("a histogram of the contract has no rows");
        }
    }

    /// The bin at a point of the cumulative distribution; empty for the missing value, which is last.
    ///
    /// @param point 0 to 1
    Optional<Bin> pick(double point) {
        double rest = Math.clamp(point, 0, Math.nextDown(1.0)) * total();
        for (int i = 0; i < counts.size(); i++) {
            long count = counts.get(i);
            if (rest < count) {
                return Optional.of(new Bin(i, rest / count));
            }
            rest -= count;
        }
        return Optional.empty();
    }

    /// The share of one bin, 0 to 1.
    double share(int index) {
        return (double) counts.get(index) / total();
    }

    /// These weights with the count of one bin set to 0; unchanged when no other value has a count.
    Weights without(int index) {
        if (total() == counts.get(index)) {
            return this;
        }
        List<Long> left = IntStream.range(0, counts.size())
                .mapToObj(i -> i == index ? Long.valueOf(0) : counts.get(i))
                .toList();
        return new Weights(left, missing);
    }

    private long total() {
        return total(counts) + missing;
    }

    private static long total(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
