package dev.rowcast.proof.chaos.fight;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// The clients that fight, each on a thread of its own, at a rate that others set and take back.
///
/// A Postgres that goes away ends their transactions, and they connect again. Unique violations, serialization failures
/// and deadlocks are counted; any other error is unexpected, and the run must fail by it.
public final class Fight implements AutoCloseable {

    /// Begins every key that they touch.
    public static final String KEY = "FIGHT-";

    private static final int RIVALS = 4;
    private static final int DUELS = 2;

    private final FightCounters tally = new FightCounters();
    private final RateLimiter gate = new RateLimiter(RIVALS + DUELS);
    private final List<Thread> threads = new ArrayList<>();

    private Fight(String uri, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int number = 0; number < RIVALS; number++) {
            int isolation =
                    number == 0 ? Connection.TRANSACTION_REPEATABLE_READ : Connection.TRANSACTION_READ_COMMITTED;
            add(new RandomChangesClient(new FightSession(uri, isolation, random.split(), tally), random.split()), random.split());
        }
        for (int number = 0; number < DUELS; number++) {
            FightSession holder = new FightSession(uri, Connection.TRANSACTION_READ_COMMITTED, random.split(), tally);
            FightSession waiter = new FightSession(uri, Connection.TRANSACTION_READ_COMMITTED, random.split(), tally);
            add(new BlockedInsertClient(number, holder, waiter, random.split(), tally), random.split());
        }
    }

    private void add(FightClient client, SplittableRandom pace) {
        threads.add(Thread.ofVirtual().name("fight-" + threads.size()).unstarted(() -> run(client, pace)));
    }

    /// Clients that rest until they are given a rate.
    ///
    /// @param uri the database as JDBC has it, with the user who owns the source table, and the password
    /// @param seed of what each client does; who is first is up to Postgres
    public static Fight resting(String uri, long seed) {
        Fight fight = new Fight(uri, seed);
        fight.threads.forEach(Thread::start);
        return fight;
    }

    /// They go on at this rate.
    ///
    /// @param perSecond transactions of all clients together, a duel's two as one; 0 to rest
    public void setRate(double perSecond) {
        gate.setRate(perSecond);
    }

    /// They rest; returns when no transaction is open any more.
    public void rest() throws InterruptedException {
        gate.rest();
    }

    /// What they did so far.
    public FightCounts sums() {
        return tally.sums();
    }

    /// Errors that no fight explains, each in a line, since the last call.
    public List<String> takeUnexpected() {
        return tally.takeUnexpected();
    }

    /// Keys that a committed transaction has inserted or changed: each store must know every one of them, deleted or
    /// not.
    public Set<String> keys() {
        return tally.keys();
    }

    private void run(FightClient client, SplittableRandom pace) {
        try (client) {
            while (gate.enter(pace)) {
                try {
                    client.act();
                } finally {
                    gate.leave();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            tally.unexpected("a client that fights has ended: " + bug);
        }
    }

    /// Ends the clients, each after its transaction.
    @Override
    public void close() {
        gate.close();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
