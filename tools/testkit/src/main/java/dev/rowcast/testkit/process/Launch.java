package dev.rowcast.testkit.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What to run as a child process.
///
/// @param name the process as people call it, for messages
/// @param command the program and its arguments
/// @param environment variables set on top of the inherited ones
/// @param folder the working directory
/// @param log the file that standard output and error are appended to
/// @param orphaned the signal that the process gets when its parent is gone
/// @param identity whose rights it runs with
public record Launch(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        Path log,
        Signal orphaned,
        Identity identity) {

    /// Copies the collections.
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// A launch with the parent's rights, that is killed when the parent is gone.
    ///
    /// @return the launch
    public static Launch of(String name, List<String> command, Path folder, Path log) {
        return new Launch(name, command, Map.of(), folder, log, Signal.KILL, Identity.PARENT);
    }

    /// {@return this launch with them}
    ///
    /// @param variables set on top of the inherited environment
    public Launch withEnvironment(Map<String, String> variables) {
        return new Launch(name, command, variables, folder, log, orphaned, identity);
    }
}
