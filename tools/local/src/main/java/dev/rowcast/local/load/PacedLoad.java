package dev.rowcast.local.load;

import dev.rowcast.local.load.row.ChangeSequence;
import dev.rowcast.local.load.row.RowChange;
import dev.rowcast.local.load.row.RowFactory;
import dev.rowcast.model.contract.ModelContract;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Changes the source table at a rate that the caller sets. The same seed gives the same changes in
/// the same order: mostly small transactions, some with several changes of one row, and deleted
/// keys that return.
public final class PacedLoad extends Load {

    private static final Duration TICK = Duration.ofMillis(20);
    private static final double SHARE_OF_RETURNS = 0.95;
    private static final int MOST_IN_A_TRANSACTION = 12;

    private final int customers;
    private final long seed;
    private double rate;
    private boolean resting = true;

    private PacedLoad(ModelContract contract, String uri, int customers, long seed, Consumer<String> lines) {
        super(contract, uri, lines);
        this.customers = customers;
        this.seed = seed;
    }

    /// Starts with rate 0.
    ///
    /// @param uri       JDBC URL of the database, with password, for the user who owns the table
    /// @param customers highest number of rows at a time
    /// @param lines     receives a line for each failure
    public static PacedLoad resting(
            ModelContract contract, String uri, int customers, long seed, Consumer<String> lines) {
        PacedLoad load = new PacedLoad(contract, uri, customers, seed, lines);
        load.start("paced-load", load::run, load::signalRest);
        return load;
    }

    /// Sets the rate.
    ///
    /// @param changesPerSecond 0 to rest after the transaction in progress
    public synchronized void setRate(double changesPerSecond) {
        rate = changesPerSecond;
        resting = resting && changesPerSecond == 0;
    }

    /// Sets rate 0, and returns when no write is in progress.
    public synchronized void rest() throws InterruptedException {
        setRate(0);
        while (!resting && !isStopping()) {
            wait();
        }
    }

    private void run(RowFactory rows) {
        ChangeSequence changes = new ChangeSequence(rows, customers, SHARE_OF_RETURNS, seed);
        SplittableRandom random = new SplittableRandom(seed);
        double due = 0;
        long before = System.nanoTime();
        do {
            long now = System.nanoTime();
            double current = rate();
            // An outage is made up for by one burst of at most two seconds' changes.
            due = current == 0 ? 0 : Math.min(due + current * (now - before) / 1e9, 2 * current);
            before = now;
            while (due >= 1 && !isStopping()) {
                List<RowChange> transaction = transaction(changes, random);
                write(transaction);
                due -= transaction.size();
            }
            if (current == 0) {
                signalRest();
            }
        } while (continuesAfter(TICK));
    }

    private static List<RowChange> transaction(ChangeSequence changes, SplittableRandom random) {
        return random.nextInt(5) == 0
                ? changes.ofOne(5)
                : Stream.generate(changes::next)
                        .limit(random.nextInt(1, MOST_IN_A_TRANSACTION + 1))
                        .toList();
    }

    private synchronized double rate() {
        return rate;
    }

    private synchronized void signalRest() {
        resting = rate == 0 || isStopping();
        notifyAll();
    }
}
