package dev.rowcast.testkit.folder;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The checkout around the working directory: manifests, schema, and the output of the build.
///
/// @param root its root folder
public record Checkout(Path root) {
    /// System property with the root; without it the working directory and its parents are searched.
    public static final String PROPERTY = "rowcast.checkout";

    /// {@return the checkout around the working directory}
    ///
    /// @throws StationFailure when there is no checkout
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

    /// {@return the absolute path of a file or folder}
    ///
    /// @param path relative to the root
    public Path resolve(String path) {
        return root.resolve(path);
    }

    /// The folder of files that every run uses: unpacked programs, archives of loaded classes, AOT caches. Can
    /// be deleted at any time.
    ///
    /// @return the folder, created if it was missing
    public Path cache() {
        Path cache = root.resolve(".rowcast").resolve("cache");
        try {
            return Files.createDirectories(
                    cache, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (IOException failure) {
            throw new StationFailure("The folder " + cache + " cannot be created", failure);
        }
    }
}
