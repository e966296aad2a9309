package dev.rowcast.testkit.function.setup;

import dev.rowcast.testkit.station.Database;
import dev.rowcast.testkit.station.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// A test that starts a packaged function as a process, with one Postgres for all its tests.
public abstract class ProcessOnPostgres {

    /// Postgres, with the schema.
    protected static Postgres postgres;

    /// Receives the log of the function.
    @TempDir
    protected Path folder;

    /// Starts Postgres.
    @BeforeAll
    public static void startPostgres(@TempDir Path data) {
        postgres = Database.start(data).postgres();
    }

    /// Stops Postgres.
    @AfterAll
    public static void stopPostgres() {
        postgres.close();
    }
}
