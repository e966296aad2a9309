package dev.rowcast.testkit.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The user that a process runs as.
public enum Identity {
    /// The user of the parent.
    PARENT,
    /// The user `nobody` of a new user namespace: it owns the parent's files but is not root.
    NAMESPACE,
    /// The system's user `nobody`; only root can choose it. It may enter folders that only root may enter,
    /// because the checkout may be in one.
    NOBODY;

    /// The command that changes to this user and then executes the command that follows it.
    List<String> wrapper() {
        return switch (this) {
            case PARENT -> List.of();
            case NAMESPACE -> List.of("unshare", "-U");
            case NOBODY ->
                List.of(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        "--inh-caps=+dac_override",
                        "--ambient-caps=+dac_override");
        };
    }

    /// Returns whether this process can start a child as this user, and whether the child has the rights
    /// it needs.
    ///
    /// @param program a program that the child must be able to run
    /// @param folder a folder that the child must be able to enter
    public boolean possible(Path program, Path folder) {
        List<String> check = List.of("sh", "-c", "test -x \"$0\" && cd \"$1\"", program.toString(), folder.toString());
        return SystemProgram.works(
                Stream.concat(wrapper().stream(), check.stream()).toArray(String[]::new));
    }
}
