package dev.rowcast.proof.chaos.fight;

/// Counts of the clients' transactions.
///
/// @param committed transactions that were committed
/// @param rolledBack transactions that the client rolled back
/// @param refused transactions that Postgres refused because of another one: unique violation or
/// old snapshot
/// @param deadlocks transactions that Postgres ended to resolve a deadlock
/// @param blocked inserts that waited for the transaction of another client, which then removed their key
/// @param disconnected transactions with unknown outcome, because Postgres stopped
public record FightCounts(
        long committed, long rolledBack, long refused, long deadlocks, long blocked, long disconnected) {

    /// {@return the number of ended transactions}
    public long transactions() {
        return committed + rolledBack + refused + deadlocks + disconnected;
    }
}
