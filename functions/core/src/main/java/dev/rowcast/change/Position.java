package dev.rowcast.change;

import java.util.Comparator;
import java.util.OptionalLong;

/// The position of a change in the history of its database. Of two changes of a key, the one with the
/// higher position is newer, in every store.
///
/// `lsn` alone does not order the changes of a key: an INSERT is logged before its unique check waits for a
/// concurrent DELETE of the same key, so it can commit second and have the lower LSN. Debezium decodes
/// transactions in commit order, so `commit` orders changes of different transactions, and `lsn` orders
/// changes of one transaction.
///
/// @param epoch `0` to [#MAX_EPOCH]; an operator raises it if LSNs can go back (restore, fail-over to a
///     lagging replica, major upgrade)
/// @param commit position in the write-ahead log of the last commit before this change's transaction, in
///     bytes, `0` to [#MAX_LSN]
/// @param lsn position in the write-ahead log of the change itself, in bytes, `0` to [#MAX_LSN]; if
///     `commit` is also `0`, this is the floor of the epoch, the position of all snapshot reads
public record Position(int epoch, long commit, long lsn) implements Comparable<Position> {

    private static final int LSN_BITS = 55;
    private static final Comparator<Position> ORDER = Comparator.comparingInt(Position::epoch)
            .thenComparingLong(Position::commit)
            .thenComparingLong(Position::lsn);

    /// The highest epoch, 255.
    public static final int MAX_EPOCH = (1 << (Long.SIZE - 1 - LSN_BITS)) - 1;

    /// The highest LSN, 32 PiB of write-ahead log.
    public static final long MAX_LSN = (1L << LSN_BITS) - 1;

    /// @throws IllegalArgumentException if a component is out of range
    public Position {
        if (epoch < 0 || epoch > MAX_EPOCH) {
            throw new IllegalArgumentException("epoch " + epoch + " is not within 0.." + MAX_EPOCH);
        }
        if (commit < 0 || commit > MAX_LSN) {
            throw new IllegalArgumentException("commit " + commit + " is not within 0.." + MAX_LSN);
        }
        if (lsn < 0 || lsn > MAX_LSN) {
            throw new IllegalArgumentException("lsn " + lsn + " is not within 0.." + MAX_LSN);
        }
    }

    /// The position of the snapshot reads of an epoch: above every change of a lower epoch, below every
    /// streamed change of its own.
    ///
    /// @throws IllegalArgumentException if `epoch` is out of range
    public static Position floor(int epoch) {
        return new Position(epoch, 0, 0);
    }

    /// Epoch and commit as one non-negative number, for stores that use a number as version. A higher
    /// number means a higher position; equal numbers do not order two changes, since one transaction can
    /// change a row more than once.
    public long version() {
        return ((long) epoch << LSN_BITS) | commit;
    }

    /// Compares this position with a stored one. Older releases stored no commit, only epoch and LSN. Such
    /// an LSN is compared with the larger of this commit and this LSN: the result is not below a change
    /// that committed earlier without waiting, and is below every later transaction.
    ///
    /// @param commit the stored commit; empty if an older release stored the position
    /// @return negative, zero or positive, as [#compareTo]
    public int compareToStored(int epoch, OptionalLong commit, long lsn) {
        if (this.epoch != epoch) {
            return Integer.compare(this.epoch, epoch);
        }
        if (commit.isEmpty()) {
            return Long.compare(Math.max(this.commit, this.lsn), lsn);
        }
        int order = Long.compare(this.commit, commit.getAsLong());
        return order != 0 ? order : Long.compare(this.lsn, lsn);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
