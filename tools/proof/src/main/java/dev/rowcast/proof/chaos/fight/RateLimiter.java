package dev.rowcast.proof.chaos.fight;

/// Limits the rate of transactions; each client runs one at a time. Thread safe.
public final class RateLimiter {

    private double rate;
    private int inside;
    private boolean closed;

    /// Sets the rate of a client that waits one turn each; 0 for none.
    public synchronized void setRate(double perSecond) {
        rate = perSecond;
        notifyAll();
    }

    /// Sets the rate to 0, and returns when no transaction is running.
    public synchronized void pause() throws InterruptedException {
        rate = 0;
        while (inside > 0) {
            wait();
        }
    }

    /// Waits until the client may run a transaction.
    ///
    /// @param turns waiting time at a rate of one per second; clients that share a rate wait several
    /// turns each
    /// @return false when the limiter is closed
    public synchronized boolean enter(double turns) throws InterruptedException {
        long from = System.nanoTime();
        while (!closed) {
            long left = rate == 0 ? 0 : (long) (turns / rate * 1_000) - (System.nanoTime() - from) / 1_000_000;
            if (rate > 0 && left <= 0) {
                inside++;
                return true;
            }
            wait(left);
        }
        return false;
    }

    /// Ends the transaction of a client.
    public synchronized void leave() {
        inside--;
        notifyAll();
    }

    /// Ends the waiting of all clients.
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
