package dev.rowcast.testkit.function;

import dev.rowcast.testkit.process.StationProcess;
import dev.rowcast.testkit.station.Database;
import dev.rowcast.testkit.station.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Locks a table against writes until it is closed.
public final class TableLock implements AutoCloseable {

    private final Postgres postgres;
    private final Connection holder;

    /// Locks a table.
    public TableLock(Postgres postgres, String table) throws SQLException {
        this.postgres = postgres;
        holder = postgres.connect("postgres");
        holder.setAutoCommit(false);
        try (Statement lock = holder.createStatement()) {
            lock.execute("LOCK TABLE " + table + " IN EXCLUSIVE MODE");
        }
    }

    /// Waits until statements of an application wait for a lock.
    ///
    /// @param application the `application_name` of their connections
    /// @param least the least number of statements
    public void awaitWaiting(String application, int least) throws SQLException {
        String count =
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = '%s' AND wait_event_type = 'Lock'"
                        .formatted(application);
        while (Integer.parseInt(new Database(postgres).text(count)) < least) {
            StationProcess.pause();
        }
    }

    /// Releases the lock. A second call does nothing.
    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
