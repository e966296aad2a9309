package dev.rowcast.change;

import java.util.Comparator;
import java.util.OptionalLong;

/// Where a change lies in the history of its database. The higher of two positions of a key is the newer change, in
/// every store.
///
/// `lsn` alone does not order the changes of a key: an INSERT is logged before its unique check waits for a concurrent
/// DELETE of the same key, so it can commit second and have the lower LSN. Transactions are decoded in the order in
/// which they commit, so `commit` orders changes of different transactions, and `lsn` those of one transaction.
///
/// @param epoch `0` to [#MAX_EPOCH]; an operator raises it when LSNs can go back (restore, fail-over to a lagging
///     replica, major upgrade)
/// @param commit position in the write-ahead log of the last commit before this change's transaction, in bytes, `0` to
///     [#MAX_LSN]
/// @param lsn position in the write-ahead log of the change itself, in bytes, `0` to [#MAX_LSN]; with `commit` also
///     `0` it is the floor of the epoch, the position of all snapshot reads
public record Position(int epoch, long commit, long lsn) implements Comparable<Position> {

    private static final int LSN_BITS = 55;
    private static final Comparator<Position> ORDER = Comparator.comparingInt(Position::epoch)
            .thenComparingLong(Position::commit)
            .thenComparingLong(Position::lsn);

    /// The highest epoch, 255.
    public static final int MAX_EPOCH = (1 << (Long.SIZE - 1 - LSN_BITS)) - 1;

    /// The highest LSN, 32 PiB of write-ahead log.
    public static final long MAX_LSN = (1L << LSN_BITS) - 1;

    /// @throws IllegalArgumentException when a component is out of its range
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

    /// The position of the snapshot reads of an epoch: above every change of a lower epoch, below every streamed change
    /// of its own.
    ///
    /// @throws IllegalArgumentException when `epoch` is out of its range
    public static Position floor(int epoch) {
        return new Position(epoch, 0, 0);
    }

    /// Epoch and commit as one non-negative number, for stores that version by a number. A higher number means
    /// a higher position; an equal number says nothing, since one transaction can change a row more than once.
    public long version() {
        return ((long) epoch << LSN_BITS) | commit;
    }

    /// Compares this position with one that a store holds. A release that knew no commits stored epoch and LSN
    /// only; such an LSN is compared with the larger of this commit and this LSN: it is not below a change that
    /// committed earlier and did not have to wait, and it is below every later transaction.
    ///
    /// @param commit as the store holds it; empty when it was stored by a release that knew no commits
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
