package dev.rowcast.testkit.postgres;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/// A folder of SQL files that make the schema, and can do so again.
///
/// @param folder the folder that holds them
public record SchemaFiles(Path folder) {
    /// Runs each file in the order of their names, each in a transaction of its own, as the cluster does.
    ///
    /// @param superuser a connection to the database that gets the schema
    /// @throws StationFailure naming the file that failed, or when there is none
    public void apply(Connection superuser) {
        List<Path> files = files();
        if (files.isEmpty()) {
            throw new StationFailure("No SQL file in " + folder);
        }
        for (Path file : files) {
            apply(file, superuser);
        }
    }

    private static void apply(Path file, Connection superuser) {
        try (Statement statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            statement.execute(Files.readString(file));
            superuser.commit();
            superuser.setAutoCommit(true);
        } catch (SQLException | IOException failure) {
            throw new StationFailure("The schema file " + file + " failed: " + failure.getMessage(), failure);
        }
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
        } catch (IOException failure) {
            throw new StationFailure("The schema in " + folder + " cannot be read: " + failure.getMessage(), failure);
        }
    }
}
