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

/// The SQL files of the schema, which can be applied repeatedly.
///
/// @param folder of the files
public record SchemaFiles(Path folder) {
    /// Applies the files in the order of their names, each in its own transaction, as on a cluster.
    ///
    /// @param superuser a connection to the database
    /// @throws StationFailure with the name of the file that failed, or when there is no file
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
