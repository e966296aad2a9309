package dev.rowcast.testkit.program;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An archive of the classes that a Java program loads, which halves its start time. The JVM creates the
/// archive when the program ends by itself or by SIGTERM, and again when the class path has changed. Several
/// processes may share an archive; a JVM that cannot read it starts without it.
///
/// @param file the archive
public record ClassArchive(Path file) {

    /// The archive in a file, which may be absent.
    ///
    /// @throws StationFailure when an incomplete archive is there and cannot be removed
    public static ClassArchive in(Path file) {
        ClassArchive archive = new ClassArchive(file);
        archive.removeIncomplete();
        return archive;
    }

    /// {@return the options of a JVM that uses the archive}
    public List<String> options() {
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + file,
                "-Xshare:auto",
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off");
    }

    /// Removes the archive of a JVM that was killed while it wrote. The JVM writes the header last, and no
    /// JVM replaces an archive without a header.
    private void removeIncomplete() {
        try {
            if (Files.exists(file) && isIncomplete(file)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new StationFailure("The archive " + file + " cannot be replaced: " + failure, failure);
        }
    }

    private static boolean isIncomplete(Path archive) throws IOException {
        try (InputStream bytes = Files.newInputStream(archive)) {
            byte[] magic = bytes.readNBytes(4);
            return magic.length < 4 || (magic[0] | magic[1] | magic[2] | magic[3]) == 0;
        }
    }
}
