package dev.rowcast.replay.read;

/// A part of a partition.
///
/// @param from the first offset
/// @param to the offset after the last one
public record OffsetRange(int partition, long from, long to) {

    /// @throws IllegalArgumentException when it is none
    public OffsetRange {
        if (partition < 0 || from < 0 || to < from) {
            throw new IllegalArgumentException(partition + "=" + from + "-" + to + " is no part of a partition");
        }
    }

    /// How many offsets it has.
    public long size() {
        return to - from;
    }
}
