package dev.rowcast.change;

import java.util.Comparator;

/// Where a change stands in the history of its database, and so its version in every store.
///
/// @param epoch `0` to [#MAX_EPOCH]; an operator raises it when LSNs can go back (restore, fail-over to a lagging
///     replica, major upgrade)
/// @param lsn position in the write-ahead log in bytes, `0` to [#MAX_LSN]; `0` is the floor of the epoch, where
///     snapshot reads stand
public record Position(int epoch, long lsn) implements Comparable<Position> {

    private static final int LSN_BITS = 55;
    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::epoch).thenComparingLong(Position::lsn);

    /// The highest epoch, 255.
    public static final int MAX_EPOCH = (1 << (Long.SIZE - 1 - LSN_BITS)) - 1;

    /// The highest LSN, 32 PiB of write-ahead log.
    public static final long MAX_LSN = (1L << LSN_BITS) - 1;

    /// @throws IllegalArgumentException when a component is out of its range
    public Position {
        if (epoch < 0 || epoch > MAX_EPOCH) {
            throw new IllegalArgumentException("epoch " + epoch + " is not within 0.." + MAX_EPOCH);
        }
        if (lsn < 0 || lsn > MAX_LSN) {
            throw new IllegalArgumentException("lsn " + lsn + " is not within 0.." + MAX_LSN);
        }
    }

    /// The inverse of [#version()].
    ///
    /// @throws IllegalArgumentException when `version` is negative
    public static Position ofVersion(long version) {
        return new Position((int) (version >> LSN_BITS), version & MAX_LSN);
    }

    /// This position as one non-negative number that sorts as positions do, for stores that version by a number.
    public long version() {
        return ((long) epoch << LSN_BITS) | lsn;
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
