package dev.rowcast.testkit.folder;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;

/// A properties file for a child process, which only its owner can read.
///
/// @param path the file
public record SettingsFile(Path path) {

    /// Replaces the content of the file. A reader sees either the old or the new settings.
    ///
    /// @param settings values by name
    public void write(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
            replace(path, text.toString());
        } catch (IOException failure) {
            throw new StationFailure("The file " + path + " cannot be written: " + failure.getMessage(), failure);
        }
    }

    /// Replaces a file at once, readable by its owner only.
    ///
    /// @param path the file
    /// @param text its content
    public static void replace(Path path, String text) throws IOException {
        Path draft = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text);
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    }
}
