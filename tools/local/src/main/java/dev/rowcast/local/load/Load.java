package dev.rowcast.local.load;

import dev.rowcast.local.load.row.RowChange;
import dev.rowcast.local.load.row.RowFactory;
import dev.rowcast.local.thread.StopSignal;
import dev.rowcast.model.contract.Feature;
import dev.rowcast.model.contract.ModelContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Load on the source table until it is closed: writes changes on its own thread, and retries while Postgres
/// is down.
abstract class Load implements AutoCloseable {

    private static final Duration WAIT_AFTER_FAILURE = Duration.ofSeconds(1);

    private final ModelContract contract;
    private final String uri;
    final Consumer<String> lines;
    private final AtomicLong written = new AtomicLong();
    private final StopSignal stop = new StopSignal();
    private Thread thread = new Thread();
    private Optional<SourceTable> table = Optional.empty();
    private boolean isFailing;

    /// @param uri   JDBC URL of the database, with password, for the user who owns the table
    /// @param lines receives a line when writing fails, and when it succeeds again
    Load(ModelContract contract, String uri, Consumer<String> lines) {
        this.contract = contract;
        this.uri = uri;
        this.lines = lines;
    }

    /// Starts the thread.
    ///
    /// @param load  runs once the table can be read, and calls [#write]
    /// @param atEnd runs when the thread ends
    final void start(String name, Consumer<RowFactory> load, Runnable atEnd) {
        thread = Thread.ofVirtual().name(name).start(() -> {
            try {
                rows().ifPresent(load);
            } catch (IllegalStateException e) {
                lines.accept(e.getMessage() + "; there will be no load");
            } finally {
                stop.request();
                disconnect();
                atEnd.run();
            }
        });
    }

    /// Changes committed so far.
    public long written() {
        return written.get();
    }

    boolean isStopping() {
        return stop.isRequested();
    }

    private Optional<RowFactory> rows() {
        do {
            try (Connection connection = SourceTable.connect(uri)) {
                return Optional.of(new RowFactory(contract, SourceTable.shape(connection, contract.source())));
            } catch (SQLException e) {
                failed(e);
            }
        } while (continuesAfter(WAIT_AFTER_FAILURE));
        return Optional.empty();
    }

    /// Writes the changes in one transaction, and again while it is unknown whether the
    /// transaction was committed.
    void write(List<RowChange> batch) {
        do {
            try {
                table().write(batch);
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
        } while (continuesAfter(WAIT_AFTER_FAILURE));
    }

    /// Waits.
    ///
    /// @return false when this is stopping
    boolean continuesAfter(Duration wait) {
        return stop.continuesAfter(wait);
    }

    private SourceTable table() throws SQLException {
        if (table.isEmpty()) {
            Connection connection = SourceTable.connect(uri);
            List<String> features =
                    contract.features().stream().map(Feature::column).distinct().toList();
            table = Optional.of(SourceTable.of(connection, SourceTable.shape(connection, contract.source()), features));
        }
        return table.get();
    }

    /// Classes 22 and 23: the data is wrong, so that a retry fails too.
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

    /// Stops after the statement in progress.
    @Override
    public void close() {
        stop.stop(thread);
    }
}
