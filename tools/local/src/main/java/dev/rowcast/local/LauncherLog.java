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

/// What the libraries inside this JVM have to say goes to a file: the terminal is for people.
public final class LauncherLog {

    private static final int LIMIT_BYTES = 8 << 20;
    private static final int FILES = 2;

    private LauncherLog() {}

    /// Sends warnings and errors of this JVM to `launcher.log`.
    ///
    /// @param folder made when it is missing
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
