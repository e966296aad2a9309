package dev.rowcast.testkit.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Whose rights a process runs with.
public enum Identity {
    /// Those of the parent.
    PARENT,
    /// The parent's files, but not root: in a user namespace of its own it is nobody.
    NAMESPACE,
    /// The system's user `nobody`; only root can choose it. It may go through folders that only root may enter, because
    /// the checkout may lie
    /// in one.
    NOBODY;

    /// The programs that take on these rights and then become the one that follows on the command line.
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

    /// Tries whether this machine lets this process start another with these rights, and whether they suffice.
    ///
    /// @param program a program that such a process must be able to run
    /// @param folder a folder that it must be able to enter
    /// @return true when it can
    public boolean possible(Path program, Path folder) {
        List<String> check = List.of("sh", "-c", "test -x \"$0\" && cd \"$1\"", program.toString(), folder.toString());
        return SystemProgram.works(Stream.concat(wrapper().stream(), check.stream()).toArray(String[]::new));
    }
}
