package dev.rowcast.testkit.postgres;

import dev.rowcast.testkit.process.Identity;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The owner of a cluster's files. Postgres refuses to run as root and refuses data that another user owns.
final class PostgresOwner {
    private static final int NOBODY = 65534;

    private PostgresOwner() {}

    /// Root runs Postgres in a user namespace, where the files stay root's; where the system forbids that,
    /// as the user `nobody`, who must own the files. A cluster keeps the way with which it was created.
    ///
    /// @param programs of Postgres
    /// @param data the cluster's folder, which may be missing
    /// @return the user that runs Postgres
    /// @throws StationFailure when Postgres could only run as root
    static Identity identityFor(PostgresPrograms programs, Path data) throws IOException {
        Path self = Path.of("/proc/self");
        if (uid(Files.exists(self) ? self : data.getParent()) != 0) {
            return Identity.PARENT;
        }
        Path server = Path.of(programs.program("postgres"));
        boolean ownedByNobody = Files.exists(data) && uid(data) == NOBODY;
        if (!ownedByNobody && Identity.NAMESPACE.possible(server, data.getParent())) {
            return Identity.NAMESPACE;
        }
        if ((ownedByNobody || !Files.exists(data)) && Identity.NOBODY.possible(server, data.getParent())) {
            return Identity.NOBODY;
        }
        throw new StationFailure(
                "Postgres does not run as root, and this system lets root start it neither in a user namespace"
                        + " (unshare -U) nor as nobody (setpriv --reuid). Run this as another user."
                        + (Files.exists(data) ? " Or remove " + data + ", which was created in another way." : ""));
    }

    /// Gives a new file or folder to the user that runs Postgres.
    static void own(Path file, Identity identity) throws IOException {
        Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        if (identity == Identity.NOBODY) {
            Files.setAttribute(file, "unix:uid", NOBODY);
            Files.setAttribute(file, "unix:gid", NOBODY);
        }
    }

    private static int uid(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }
}
