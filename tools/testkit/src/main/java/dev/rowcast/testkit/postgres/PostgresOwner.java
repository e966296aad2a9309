package dev.rowcast.testkit.postgres;

import dev.rowcast.testkit.process.Identity;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Who owns the files of a cluster. Postgres refuses to run as root, and refuses data that is not its user's own.
final class PostgresOwner {
    private static final int NOBODY = 65534;

    private PostgresOwner() {}

    /// Root's cluster is served from a user namespace, whose files stay root's; where the system forbids that, by
    /// nobody, who must own them.
    /// What was chosen when the cluster was made holds for its life.
    ///
    /// @param programs what will be run
    /// @param data the cluster's folder, which may be missing yet
    /// @return whose rights to run with
    /// @throws StationFailure when there is no way not to be root
    static Identity identityFor(PostgresPrograms programs, Path data) throws IOException {
        if (owner(Path.of("/proc/self"), data.getParent()) != 0) {
            return Identity.PARENT;
        }
        Path server = Path.of(programs.program("postgres"));
        boolean nobodys = Files.exists(data) && uid(data) == NOBODY;
        if (!nobodys && Identity.NAMESPACE.possible(server, data.getParent())) {
            return Identity.NAMESPACE;
        }
        if ((nobodys || !Files.exists(data)) && Identity.NOBODY.possible(server, data.getParent())) {
            return Identity.NOBODY;
        }
        throw new StationFailure(
                "Postgres does not run as root, and this system lets root start it neither in a user namespace"
                        + " (unshare -U) nor as nobody (setpriv --reuid). Run this as another user."
                        + (Files.exists(data) ? " Or remove " + data + ", which was made in another way." : ""));
    }

    /// Gives a file or folder that was just made to whoever will run Postgres.
    static void give(Path file, Identity identity) throws IOException {
        Files.setPosixFilePermissions(
                file,
                java.nio.file.attribute.PosixFilePermissions.fromString(
                        Files.isDirectory(file) ? "rwx------" : "rw-------"));
        if (identity == Identity.NOBODY) {
            Files.setAttribute(file, "unix:uid", NOBODY);
            Files.setAttribute(file, "unix:gid", NOBODY);
        }
    }

    private static int owner(Path self, Path otherwise) throws IOException {
        return uid(Files.exists(self) ? self : otherwise);
    }

    private static int uid(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }
}
