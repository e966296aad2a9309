package dev.rowcast.proof.chaos.fight;

/// A client of the application on its own thread.
interface FightClient extends AutoCloseable {

    /// Runs one transaction, or two that block each other.
    void act() throws InterruptedException;

    @Override
    void close();
}
