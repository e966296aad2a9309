package dev.rowcast.local.load;

import dev.rowcast.model.ModelContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Makes changes of the source table, in bursts with pauses between, until it is closed. It outlives a Postgres that
/// goes
/// away: what was not written then is written when it is back.
public final class LoadGenerator implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration WAIT_AFTER_FAILURE = Duration.ofSeconds(1);

    private final LoadSettings settings;
    private final ModelContract contract;
    private final String uri;
    private final Consumer<String> lines;
    private final AtomicLong written = new AtomicLong();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private Optional<SourceTable> table = Optional.empty();
    private boolean isFailing;

    private LoadGenerator(LoadSettings settings, ModelContract contract, String uri, Consumer<String> lines) {
        this.settings = settings;
        this.contract = contract;
        this.uri = uri;
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
        return written.get();
    }

    /// Stops, at the latest after the statement that is under way.
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Optional<RowFactory> rows = rows();
            if (rows.isPresent()) {
                ChangeSequence changes = new ChangeSequence(rows.get(), settings.customers(), settings.seed());
                do {
                    burst(changes, rows.get().features());
                } while (goesOnAfter(settings.pause()));
            }
        } catch (IllegalStateException e) {
            lines.accept(e.getMessage() + "; there will be no load");
        } finally {
            disconnect();
        }
    }

    private Optional<RowFactory> rows() {
        do {
            try (Connection connection = SourceTable.connect(uri)) {
                return Optional.of(new RowFactory(contract, SourceTable.shape(connection, contract.source())));
            } catch (SQLException e) {
                failed(e);
            }
        } while (goesOnAfter(WAIT_AFTER_FAILURE));
        return Optional.empty();
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
                write(batch, features);
            }
        } while (count.all() < total && goesOnAfter(TICK));
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

    private void write(List<RowChange> batch, List<String> features) {
        do {
            try {
                table(features).write(batch);
                written.addAndGet(batch.size());
                if (isFailing) {
                    isFailing = false;
                    lines.accept("load: Postgres takes changes again");
                }
                return;
            } catch (SQLException e) {
                disconnect();
                if (isRefused(e)) {
                    lines.accept("load: Postgres refused " + batch.size() + " changes: " + e.getMessage());
                    return;
                }
                failed(e);
            }
        } while (goesOnAfter(WAIT_AFTER_FAILURE));
    }

    /// Waits; false as soon as this is being closed. Not an interrupt, which would cut a statement that is under way.
    private boolean goesOnAfter(Duration wait) {
        try {
            return !stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private SourceTable table(List<String> features) throws SQLException {
        if (table.isEmpty()) {
            Connection connection = SourceTable.connect(uri);
            table = Optional.of(SourceTable.of(connection, SourceTable.shape(connection, contract.source()), features));
        }
        return table.get();
    }

    /// Classes 22 and 23: the data is at fault, and would be again.
    private static boolean isRefused(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private void failed(SQLException e) {
        if (!isFailing) {
            isFailing = true;
            lines.accept("load: waits for Postgres: " + e.getMessage());
        }
    }

    private void disconnect() {
        table.ifPresent(open -> {
            try {
                open.close();
            } catch (SQLException e) {
                lines.accept("load: closing the connection failed: " + e.getMessage());
            }
        });
        table = Optional.empty();
    }
}
