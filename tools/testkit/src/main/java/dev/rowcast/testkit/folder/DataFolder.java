package dev.rowcast.testkit.folder;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The folder with all data of one station, locked against this and other processes. The lock ends with
/// the process.
///
/// @param path the absolute path
/// @param channel the file that holds the lock
public record DataFolder(Path path, FileChannel channel) implements AutoCloseable {

    /// {@return the folder, locked}
    ///
    /// @param path the folder, created if it is missing
    /// @throws StationFailure when it is locked already, or cannot be created
    public static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new DataFolder(folder, channel);
            }
            channel.close();
        } catch (IOException failure) {
            throw new StationFailure("The data folder " + folder + " cannot be used: " + failure.getMessage(), failure);
        }
        throw new StationFailure("The data folder " + folder + " is in use: another run has not ended yet");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    /// {@return the absolute path of a file or folder inside}
    ///
    /// @param name relative to this folder
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /// Releases the lock.
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new StationFailure("The lock of " + path + " cannot be released", failure);
        }
    }
}
