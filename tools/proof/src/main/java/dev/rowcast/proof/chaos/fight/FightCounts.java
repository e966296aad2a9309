package dev.rowcast.proof.chaos.fight;

/// What the clients did.
///
/// @param committed transactions that were committed
/// @param rolledBack transactions that a client rolled back
/// @param refused transactions that Postgres refused because of another one: the key was there, or the snapshot was old
/// @param deadlocks transactions that Postgres ended to resolve a deadlock
/// @param blocked inserts that were seen waiting for the transaction of another client, which then removed their key
/// @param disconnected transactions whose outcome is unknown, because Postgres went away
public record FightCounts(
        long committed, long rolledBack, long refused, long deadlocks, long blocked, long disconnected) {

    /// What was done after `earlier`.
    public FightCounts since(FightCounts earlier) {
        return new FightCounts(
                committed - earlier.committed,
                rolledBack - earlier.rolledBack,
                refused - earlier.refused,
                deadlocks - earlier.deadlocks,
                blocked - earlier.blocked,
                disconnected - earlier.disconnected);
    }

    /// Transactions that ended one way or another.
    public long transactions() {
        return committed + rolledBack + refused + deadlocks + disconnected;
    }
}
