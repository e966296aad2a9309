package dev.rowcast.testkit.postgres;

import dev.rowcast.testkit.process.StationFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.io.FileUtils;

/// The programs of Postgres, unpacked once for each version.
///
/// @param home the folder of `bin`, `lib` and `share`
public record PostgresPrograms(Path home) {
    private static final Pattern JAR = Pattern.compile("([^/]+)\\.jar!");
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

    /// Unpacks the archive for this operating system, unless that was done before. Several processes may do
    /// this at the same time.
    ///
    /// @param cache the folder to unpack into
    /// @return the programs
    /// @throws StationFailure when the class path has no archive for this system, or it cannot be unpacked
    public static PostgresPrograms unpackInto(Path cache) {
        String archive = "/postgres-" + system() + "-" + processor() + ".txz";
        URL resource = PostgresPrograms.class.getResource(archive);
        if (resource == null) {
            throw new StationFailure("The class path has no Postgres for this system (" + archive
                    + "): build with -Dpostgres.platform=<system>, see tools/testkit/pom.xml");
        }
        Matcher jar = JAR.matcher(resource.toString());
        Path home = cache.resolve(jar.find() ? jar.group(1) : "postgres");
        if (!Files.isDirectory(home)) {
            try {
                unpack(resource, cache, home);
            } catch (IOException failure) {
                throw new StationFailure(
                        "Postgres cannot be unpacked to " + home + ": " + failure.getMessage(), failure);
            }
        }
        return new PostgresPrograms(home);
    }

    /// {@return the program's absolute path}
    ///
    /// @param name `postgres` or `initdb`
    public String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }

    private static String processor() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64", "arm64" -> "arm_64";
            default -> "x86_64";
        };
    }

    private static void unpack(URL resource, Path cache, Path home) throws IOException {
        Files.createDirectories(cache);
        Path draft = Files.createTempDirectory(cache, "postgres-");
        Files.setPosixFilePermissions(draft, OPEN);
        try (InputStream bytes = resource.openStream();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(bytes)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(entry, tar, draft);
            }
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            FileUtils.deleteDirectory(draft.toFile());
            if (!Files.isDirectory(home)) {
                throw failure;
            }
        }
    }

    private static void write(TarArchiveEntry entry, TarArchiveInputStream tar, Path draft) throws IOException {
        Path target = draft.resolve(entry.getName()).normalize();
        if (!target.startsWith(draft)) {
            throw new IOException("The archive's entry " + entry.getName() + " is outside its folder");
        }
        Files.createDirectories(entry.isDirectory() ? target : target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (!entry.isDirectory()) {
            Files.copy(tar, target);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(target, executable ? OPEN : PosixFilePermissions.fromString("rw-r--r--"));
        }
    }
}
