package dev.rowcast.peer.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the checkpoint from which a job continues after a kill, as Flink's operator on Kubernetes does.
final class RetainedCheckpoint {

    private RetainedCheckpoint() {}

    /// The newest complete checkpoint; empty when there is none.
    ///
    /// @param folder of the checkpoints of all runs
    static Optional<Path> latest(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .map(Path::getParent);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
