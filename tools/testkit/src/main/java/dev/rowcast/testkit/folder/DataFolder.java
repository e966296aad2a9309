package dev.rowcast.testkit.folder;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The folder that one station keeps everything in. While it is open nobody else can open it, in this process or
/// another; the lock goes
/// with the process.
public final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// {@return the folder, locked}
    ///
    /// @param path the folder, made if it is missing
    /// @throws StationFailure when somebody else holds it, or it cannot be made
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
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    /// {@return the absolute path}
    public Path path() {
        return path;
    }

    /// {@return its absolute path}
    ///
    /// @param name a file or folder inside
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /// Lets others open it.
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new StationFailure("The lock of " + path + " cannot be given back", failure);
        }
    }
}
