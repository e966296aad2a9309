package dev.rowcast.local.load;

import dev.rowcast.local.load.row.ChangeSequence;
import dev.rowcast.local.load.row.RowChange;
import dev.rowcast.local.load.row.RowFactory;

import dev.rowcast.model.contract.ModelContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Changes of the source table at a rate that others set and take back, the same ones in the same order for the same
/// seed: mostly small transactions, some with several changes of one row, and customers who leave and come back.
public final class PacedLoad implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(20);
    private static final double SHARE_OF_RETURNS = 0.95;
    private static final int MOST_IN_A_TRANSACTION = 12;

    private final RetryingWriter writer;
    private final int customers;
    private final long seed;
    private final Consumer<String> lines;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rested = lock.newCondition();
    private double rate;
    private boolean resting = true;
    private volatile boolean closed;

    private PacedLoad(ModelContract contract, String uri, int customers, long seed, Consumer<String> lines) {
        this.writer = new RetryingWriter(contract, uri, lines);
        this.customers = customers;
        this.seed = seed;
        this.lines = lines;
        this.thread = Thread.ofVirtual().name("paced-load").unstarted(this::run);
    }

    /// Load that rests until it is given a rate.
    ///
    /// @param uri the database as JDBC has it, with the user who owns the table, and the password
    /// @param customers at most so many rows at a time
    /// @param lines takes a line when something goes wrong
    public static PacedLoad resting(
            ModelContract contract, String uri, int customers, long seed, Consumer<String> lines) {
        PacedLoad load = new PacedLoad(contract, uri, customers, seed, lines);
        load.thread.start();
        return load;
    }

    /// Goes on at this rate.
    ///
    /// @param changesPerSecond 0 to rest after the transaction that is under way
    public void setRate(double changesPerSecond) {
        lock.lock();
        try {
            rate = changesPerSecond;
            resting = resting && changesPerSecond == 0;
        } finally {
            lock.unlock();
        }
    }

    /// Rests, and returns when nothing is being written any more.
    public void rest() throws InterruptedException {
        setRate(0);
        lock.lock();
        try {
            while (!resting && !closed) {
                rested.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Changes that are committed so far.
    public long written() {
        return writer.written();
    }

    /// Stops, at the latest after the statement that is under way.
    @Override
    public void close() {
        closed = true;
        writer.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (writer) {
            Optional<RowFactory> rows = writer.rows();
            rows.ifPresent(factory -> write(
                    new ChangeSequence(factory, customers, SHARE_OF_RETURNS, seed),
                    factory.features(),
                    new SplittableRandom(seed)));
        } catch (IllegalStateException e) {
            lines.accept(e.getMessage() + "; there will be no load");
        } finally {
            closed = true;
            signalRest();
        }
    }

    private void write(ChangeSequence changes, List<String> features, SplittableRandom random) {
        double due = 0;
        long before = System.nanoTime();
        do {
            long now = System.nanoTime();
            double current = current();
            // An outage is made up for by one burst of at most two seconds' changes.
            due = current == 0 ? 0 : Math.min(due + current * (now - before) / 1e9, 2 * current);
            before = now;
            while (due >= 1 && !closed) {
                List<RowChange> transaction = transaction(changes, random);
                writer.write(transaction, features);
                due -= transaction.size();
            }
            if (current == 0) {
                signalRest();
            }
        } while (writer.goesOnAfter(TICK));
    }

    private static List<RowChange> transaction(ChangeSequence changes, SplittableRandom random) {
        if (random.nextInt(5) == 0) {
            return changes.ofOne(5);
        }
        List<RowChange> transaction = new ArrayList<>();
        for (int left = random.nextInt(1, MOST_IN_A_TRANSACTION + 1); left > 0; left--) {
            transaction.add(changes.next());
        }
        return transaction;
    }

    private double current() {
        lock.lock();
        try {
            return rate;
        } finally {
            lock.unlock();
        }
    }

    private void signalRest() {
        lock.lock();
        try {
            resting = rate == 0 || closed;
            rested.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
