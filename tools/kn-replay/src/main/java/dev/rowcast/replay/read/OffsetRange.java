package dev.rowcast.replay.read;

/// A part of a partition.
///
/// @param from the first offset
/// @param to the offset after the last one
public record OffsetRange(int partition, long from, long to) {

    /// @throws IllegalArgumentException if the numbers form no range
    public OffsetRange {
        if (partition < 0 || from < 0 || to < from) {
            throw new IllegalArgumentException(partition + "=" + from + "-" + to + " is no range of offsets");
        }
    }

    /// {@return the number of offsets}
    public long size() {
        return to - from;
    }

    @Override
    public String toString() {
        return partition + "=" + from + "-" + to;
    }
}
