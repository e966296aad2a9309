package dev.rowcast.local.load.row;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How often each of several things happens, and how often none of them.
///
/// @param counts how often each
/// @param missing how often none
record Weights(List<Long> counts, long missing) {

    /// One of the things.
    ///
    /// @param index which
    /// @param within where in its share, 0 to below 1
    record Bin(int index, double within) {}

    Weights {
        counts = List.copyOf(counts);
        if (counts.stream().mapToLong(Long::longValue).sum() + missing <= 0) {
            throw new IllegalArgumentException("a histogram of the contract has no rows");
        }
    }

    /// The thing at a point when all lie one behind the other, the missing ones last.
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

    /// The share of one thing, 0 to 1.
    double share(int index) {
        return (double) counts.get(index) / total();
    }

    /// The same with one thing that never happens; as it is when nothing else is left.
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
        return counts.stream().mapToLong(Long::longValue).sum() + missing;
    }
}
