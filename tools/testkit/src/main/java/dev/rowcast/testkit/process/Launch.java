package dev.rowcast.testkit.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The command of a child process.
///
/// @param name for messages
/// @param command the program and its arguments
/// @param environment variables in addition to the inherited ones
/// @param folder the working directory
/// @param log the file to which standard output and error are appended
/// @param orphaned the signal that the process receives when its parent ends
/// @param identity the user that it runs as
/// @param nice how much lower its priority is than the parent's: 0 to 19
public record Launch(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        Path log,
        Signal orphaned,
        Identity identity,
        int nice) {

    /// Copies the collections.
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// {@return a launch as the parent's user; the process is killed when the parent ends}
    public static Launch of(String name, List<String> command, Path folder, Path log) {
        return new Launch(name, command, Map.of(), folder, log, Signal.KILL, Identity.PARENT, 0);
    }

    /// {@return this launch with another environment}
    ///
    /// @param variables in addition to the inherited environment
    public Launch withEnvironment(Map<String, String> variables) {
        return new Launch(name, command, variables, folder, log, orphaned, identity, nice);
    }

    /// {@return this launch at a lower priority}
    ///
    /// @param steps how much lower than the parent's: 0 to 19
    public Launch withNice(int steps) {
        return new Launch(name, command, environment, folder, log, orphaned, identity, steps);
    }
}
