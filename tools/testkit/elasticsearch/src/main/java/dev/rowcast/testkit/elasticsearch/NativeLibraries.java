package dev.rowcast.testkit.elasticsearch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/// The native libraries of Elasticsearch. Its own are in the distribution, which is no Maven artefact, so
/// zstd is read from a library that contains it as a resource.
final class NativeLibraries {
    private static final String ZSTD = System.mapLibraryName("zstd");

    private NativeLibraries() {}

    /// Unpacks zstd, which an index with `best_compression` needs, and disables the missing vector library.
    /// Must be called before the first class of Elasticsearch is used.
    ///
    /// @param folder for the library
    /// @throws IOException when it cannot be written, or the class path has none for this machine
    static void unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path unfinished = folder.resolve(ZSTD + ".unfinished");
        try (InputStream library = NativeLibraries.class.getResourceAsStream(resource())) {
            if (library == null) {
                throw new IOException("No zstd library for this machine: " + resource() + " is not on the class path");
            }
            Files.copy(library, unfinished, StandardCopyOption.REPLACE_EXISTING);
        }
        // A kill of this process leaves no incomplete library.
        Files.move(unfinished, folder.resolve(ZSTD), StandardCopyOption.ATOMIC_MOVE);
        System.setProperty("es.nativelibs.path", folder.toString());
        System.setProperty("org.elasticsearch.nativeaccess.enableVectorLibrary", "false");
    }

    private static String resource() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "macos" : "linux";
        String processor = System.getProperty("os.arch").replace("x86_64", "amd64");
        return "/aircompressor/" + system + "-" + processor + "/" + ZSTD;
    }
}
