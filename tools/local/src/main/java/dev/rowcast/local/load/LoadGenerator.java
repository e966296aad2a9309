package dev.rowcast.local.load;

import dev.rowcast.local.load.row.ChangeSequence;
import dev.rowcast.local.load.row.RowChange;
import dev.rowcast.local.load.row.RowFactory;

import dev.rowcast.model.contract.ModelContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes changes of the source table, in bursts with pauses between, until it is closed. It outlives a Postgres that
/// goes
/// away: what was not written then is written when it is back.
public final class LoadGenerator implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(20);

    private final LoadSettings settings;
    private final RetryingWriter writer;
    private final Consumer<String> lines;
    private final Thread thread;

    private LoadGenerator(LoadSettings settings, ModelContract contract, String uri, Consumer<String> lines) {
        this.settings = settings;
        this.writer = new RetryingWriter(contract, uri, lines);
        this.lines = lines;
        this.thread = Thread.ofVirtual().name("load").unstarted(this::run);
    }

    /// Starts with a burst.
    ///
    /// @param contract names the table and has the distribution of each feature
    /// @param uri the database as JDBC has it, with the user who owns the table, and the password
    /// @param lines takes one line for each burst, and one when something goes wrong
    public static LoadGenerator start(
            LoadSettings settings, ModelContract contract, String uri, Consumer<String> lines) {
        LoadGenerator generator = new LoadGenerator(settings, contract, uri, lines);
        generator.thread.start();
        return generator;
    }

    /// Changes that are committed so far.
    public long written() {
        return writer.written();
    }

    /// Stops, at the latest after the statement that is under way.
    @Override
    public void close() {
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
            if (rows.isPresent()) {
                ChangeSequence changes = new ChangeSequence(rows.get(), settings.customers(), settings.seed());
                do {
                    burst(changes, rows.get().features());
                } while (writer.goesOnAfter(settings.pause()));
            }
        } catch (IllegalStateException e) {
            lines.accept(e.getMessage() + "; there will be no load");
        }
    }

    private void burst(ChangeSequence changes, List<String> features) {
        int total = settings.changesInBurst();
        long start = System.nanoTime();
        BurstCount count = new BurstCount();
        do {
            double due = settings.rate() * (System.nanoTime() - start) / 1e9;
            List<RowChange> batch = new ArrayList<>();
            while (count.all() < total && count.all() <= due) {
                RowChange change = changes.next();
                count.add(change);
                batch.add(change);
            }
            if (!batch.isEmpty()) {
                writer.write(batch, features);
            }
        } while (count.all() < total && writer.goesOnAfter(TICK));
        if (count.all() < total) {
            return;
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        lines.accept("load: %s in %.1f s; next in %d s (seed %d)"
                .formatted(
                        count.text(),
                        taken.toMillis() / 1000.0,
                        settings.pause().toSeconds(),
                        settings.seed()));
    }
}
