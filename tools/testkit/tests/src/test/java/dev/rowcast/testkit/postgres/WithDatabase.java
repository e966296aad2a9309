package dev.rowcast.testkit.postgres;

import dev.rowcast.testkit.station.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// A Postgres with the schema, which the tests of a class share.
abstract class WithDatabase {

    @TempDir
    static Path folder;

    static Database database;

    @BeforeAll
    static void startDatabase() {
        database = Database.start(folder);
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }
}
