package dev.rowcast.proof.bench;

import dev.rowcast.local.LauncherLog;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/// A running system of a benchmark.
///
/// @param folder with its data
/// @param rows of the source table
record BenchSystem(Checkout checkout, Path folder, LocalSystem local, CustomerRows rows) implements AutoCloseable {

    /// Starts a system with its data in a new folder of the checkout.
    ///
    /// @param idle time after which a function scales to zero
    static BenchSystem start(Duration idle) throws IOException, SQLException {
        Checkout checkout = Checkout.find();
        Path folder = Files.createTempDirectory(Files.createDirectories(checkout.resolve(".rowcast")), "bench-");
        LauncherLog.into(folder.resolve("logs"));
        LocalSystem local =
                LocalSystem.start(checkout, folder, RunSettings.quiet().withIdle(idle), System.err::println);
        try {
            return new BenchSystem(
                    checkout,
                    folder,
                    local,
                    new CustomerRows(local.stations().postgres().jdbcUrl("app")));
        } catch (SQLException failure) {
            local.close();
            throw failure;
        }
    }

    String kafka() {
        return local.stations().kafka().address();
    }

    /// {@return a measure of the times from commit to result}
    PathLatency latency() {
        return new PathLatency(
                rows,
                local.stations().postgres().jdbcUrl("app"),
                local.stations().elasticsearch().address());
    }

    /// Waits until so many customers of a prefix have a prediction.
    void awaitPredicted(String prefix, long count) throws SQLException, InterruptedException {
        while (rows.predicted(prefix) < count) {
            Thread.sleep(200);
        }
    }

    /// Waits until every source has delivered everything and receives nothing new for a while, and no AOT
    /// cache is written in the background.
    void awaitIdle() throws InterruptedException {
        local.awaitAotCaches();
        long delivered = -1;
        while (delivered() != delivered
                || !local.dispatchers().stream()
                        .allMatch(dispatcher ->
                                dispatcher.inFlight() == 0 && dispatcher.lag().orElse(1) == 0)) {
            delivered = delivered();
            Thread.sleep(150);
        }
    }

    /// {@return the number of delivered events}
    long delivered() {
        return local.dispatchers().stream()
                .mapToLong(dispatcher -> dispatcher.counts().delivered())
                .sum();
    }

    @Override
    public void close() throws SQLException {
        try (rows) {
            local.close();
        } finally {
            System.err.println("Data of the bench: " + folder + " (make clean-data removes it)");
        }
    }
}
