package dev.rowcast.local;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Sends the log of the libraries in this JVM to a file, because the terminal shows the progress.
public final class LauncherLog {

    private static final int LIMIT_BYTES = 8 << 20;
    private static final int FILES = 2;

    private LauncherLog() {}

    /// Writes warnings and errors to `launcher.log`.
    ///
    /// @param folder created when it does not exist
    public static void into(Path folder) {
        try {
            Files.createDirectories(folder);
            LogManager.getLogManager().reset();
            Handler file = new FileHandler(folder.resolve("launcher.log").toString(), LIMIT_BYTES, FILES, true);
            file.setFormatter(new SimpleFormatter());
            file.setLevel(Level.WARNING);
            Logger.getLogger("").addHandler(file);
        } catch (IOException failure) {
            throw new StationFailure("The log folder " + folder + " cannot be used: " + failure.getMessage(), failure);
        }
    }
}
