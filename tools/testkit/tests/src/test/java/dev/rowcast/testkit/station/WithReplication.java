package dev.rowcast.testkit.station;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The path from the tables to the topics, which the tests of a class share. Each class starts its connector.
abstract class WithReplication {

    @TempDir
    static Path folder;

    static Replication path;

    @BeforeAll
    static void openPath() {
        path = new Replication(folder);
    }

    @AfterAll
    static void closePath() {
        path.close();
    }
}
