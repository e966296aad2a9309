package dev.rowcast.proof.chaos.fight;

import java.util.SplittableRandom;

/// Lets the clients through, each for one transaction at a time, at a rate that others set. Thread safe.
final class RateLimiter {

    private final int clients;
    private double rate;
    private int inside;
    private boolean closed;

    /// Nobody gets through until there is a rate.
    ///
    /// @param clients how many share the rate
    RateLimiter(int clients) {
        this.clients = clients;
    }

    /// From now on so many get through in a second, all clients together; 0 for none.
    synchronized void setRate(double perSecond) {
        rate = perSecond;
        notifyAll();
    }

    /// Lets nobody through, and returns when all who were inside have left.
    synchronized void rest() throws InterruptedException {
        rate = 0;
        while (inside > 0) {
            wait();
        }
    }

    /// Waits for the turn of one client, which varies around its share of the rate.
    ///
    /// @return false when this is closed
    synchronized boolean enter(SplittableRandom random) throws InterruptedException {
        long from = System.nanoTime();
        double share = 2 * clients * random.nextDouble();
        while (!closed) {
            long left = rate == 0 ? 0 : (long) (share / rate * 1_000) - (System.nanoTime() - from) / 1_000_000;
            if (rate > 0 && left <= 0) {
                inside++;
                return true;
            }
            wait(left);
        }
        return false;
    }

    /// The client's transaction has ended.
    synchronized void leave() {
        inside--;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
