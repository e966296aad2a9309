package dev.rowcast.local.load;

import dev.rowcast.local.load.row.RowChange;
import dev.rowcast.local.load.row.RowFactory;

import dev.rowcast.model.contract.ModelContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Writes changes into the source table, and outlives a Postgres that goes away: what was not written then is written
/// when it is back. One thread writes; any may ask and stop.
final class RetryingWriter implements AutoCloseable {

    private static final Duration WAIT_AFTER_FAILURE = Duration.ofSeconds(1);

    private final ModelContract contract;
    private final String uri;
    private final Consumer<String> lines;
    private final AtomicLong written = new AtomicLong();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private Optional<SourceTable> table = Optional.empty();
    private boolean isFailing;

    /// @param uri the database as JDBC has it, with the user who owns the table, and the password
    /// @param lines takes a line when something goes wrong, and when it goes well again
    RetryingWriter(ModelContract contract, String uri, Consumer<String> lines) {
        this.contract = contract;
        this.uri = uri;
        this.lines = lines;
    }

    /// Changes that are committed so far.
    long written() {
        return written.get();
    }

    /// What makes rows for the table as it is; waits for a Postgres that is not there.
    ///
    /// @return empty when this was stopped meanwhile
    /// @throws IllegalStateException when there is no such table
    Optional<RowFactory> rows() {
        do {
            try (Connection connection = SourceTable.connect(uri)) {
                return Optional.of(new RowFactory(contract, SourceTable.shape(connection, contract.source())));
            } catch (SQLException e) {
                failed(e);
            }
        } while (goesOnAfter(WAIT_AFTER_FAILURE));
        return Optional.empty();
    }

    /// Makes all changes in one transaction, and again while it is not known whether it was committed.
    void write(List<RowChange> batch, List<String> features) {
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

    /// Waits; false as soon as this is being stopped. Not an interrupt, which would cut a statement that is under way.
    boolean goesOnAfter(Duration wait) {
        try {
            return !stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Ends every wait.
    void stop() {
        stopping.countDown();
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

    /// Disconnects; called by the thread that writes.
    @Override
    public void close() {
        disconnect();
    }
}
