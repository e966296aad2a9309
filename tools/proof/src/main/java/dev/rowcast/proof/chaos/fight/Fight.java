package dev.rowcast.proof.chaos.fight;

import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The clients that fight, each on its own thread, at a common rate.
///
/// When Postgres stops, their transactions end and they reconnect. Unique violations, serialization
/// failures and deadlocks are counted; any other error is unexpected and fails the run.
public final class Fight implements AutoCloseable {

    /// Prefix of every key that the clients change.
    public static final String KEY = "FIGHT-";

    private static final int RANDOM_CLIENTS = 4;
    private static final int BLOCKED_INSERT_CLIENTS = 2;
    private static final int CLIENTS = RANDOM_CLIENTS + BLOCKED_INSERT_CLIENTS;

    private final FightCounters counters = new FightCounters();
    private final RateLimiter limiter = new RateLimiter();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("fight-", 0).factory());

    /// Starts the clients with rate 0.
    ///
    /// @param uri JDBC URL with the user who owns the source table, and the password
    /// @param seed of the clients; their order depends on Postgres
    public Fight(String uri, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int number = 0; number < RANDOM_CLIENTS; number++) {
            int isolation =
                    number == 0 ? Connection.TRANSACTION_REPEATABLE_READ : Connection.TRANSACTION_READ_COMMITTED;
            FightSession session = new FightSession(uri, isolation, random.split(), counters);
            start(new RandomChangesClient(session, random.split()), random.split());
        }
        for (int number = 0; number < BLOCKED_INSERT_CLIENTS; number++) {
            int isolation = Connection.TRANSACTION_READ_COMMITTED;
            FightSession holder = new FightSession(uri, isolation, random.split(), counters);
            FightSession waiter = new FightSession(uri, isolation, random.split(), counters);
            start(new BlockedInsertClient(number, holder, waiter, random.split(), counters), random.split());
        }
    }

    private void start(FightClient client, SplittableRandom pace) {
        threads.execute(() -> run(client, pace));
    }

    /// Sets the rate.
    ///
    /// @param perSecond transactions of all clients together, the two of a blocked insert as one; 0
    /// to pause
    public void setRate(double perSecond) {
        limiter.setRate(perSecond);
    }

    /// Sets the rate to 0, and returns when no transaction is open.
    public void pause() throws InterruptedException {
        limiter.pause();
    }

    /// {@return the counts so far}
    public FightCounts counts() {
        return counters.counts();
    }

    /// {@return a line for each unexpected error since the last call}
    public List<String> takeUnexpected() {
        return counters.takeUnexpected();
    }

    /// {@return the keys that committed transactions inserted or changed} Each store must know all of them,
    /// also the deleted ones.
    public Set<String> keys() {
        return counters.keys();
    }

    private void run(FightClient client, SplittableRandom pace) {
        try (client) {
            // A random wait with the mean of the client's share of the rate.
            while (limiter.enter(2 * CLIENTS * pace.nextDouble())) {
                try {
                    client.act();
                } finally {
                    limiter.leave();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            counters.unexpected("a client of the fight has ended: " + bug);
        }
    }

    /// Ends each client after its transaction.
    @Override
    public void close() {
        limiter.close();
        threads.close();
    }
}
