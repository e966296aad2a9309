package dev.rowcast.testkit.folder;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The checkout that this runs in: manifests, schema, and what the build made.
///
/// @param root its root folder
public record Checkout(Path root) {
    /// System property that names the root; without it the working directory and the folders above it are searched.
    public static final String PROPERTY = "rowcast.checkout";

    /// {@return the checkout around the working directory}
    ///
    /// @throws StationFailure when there is none
    public static Checkout find() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return new Checkout(Path.of(named).toAbsolutePath().normalize());
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("postgres/schema"))
                    && Files.isDirectory(folder.resolve("tools/testkit"))) {
                return new Checkout(folder);
            }
        }
        throw new StationFailure(
                "No checkout of Rowcast in " + here + " nor above it; name one with -D" + PROPERTY + "=<folder>");
    }

    /// {@return its absolute path}
    ///
    /// @param path a file or folder, relative to the root
    public Path resolve(String path) {
        return root.resolve(path);
    }

    /// What is made once and used by every run: unpacked programs, archives of loaded classes. Can be deleted at any
    /// time.
    ///
    /// @return the folder, made if it was missing
    public Path cache() {
        Path cache = root.resolve(".rowcast").resolve("cache");
        try {
            return Files.createDirectories(
                    cache, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (IOException failure) {
            throw new StationFailure("The folder " + cache + " cannot be made", failure);
        }
    }
}
