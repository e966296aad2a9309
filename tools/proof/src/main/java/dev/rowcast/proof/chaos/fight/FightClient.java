package dev.rowcast.proof.chaos.fight;

/// Somebody who fights: one thread of the application.
interface FightClient extends AutoCloseable {

    /// One transaction, or two that belong together.
    void act() throws InterruptedException;

    @Override
    void close();
}
