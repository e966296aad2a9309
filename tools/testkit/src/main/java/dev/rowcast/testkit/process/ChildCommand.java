package dev.rowcast.testkit.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts a command inside the wrappers that keep a child from outliving its parent, from getting the terminal's Ctrl-C,
/// and, where asked,
/// from being root. Each wrapper replaces itself by the next, so the child stays one process with one id.
final class ChildCommand {
    private static final boolean DEATH_SIGNAL = SystemProgram.works("setpriv", "--pdeathsig", "KILL", "true");

    private ChildCommand() {}

    /// {@return the whole command line for a launch}
    static List<String> wrap(Launch launch) {
        List<String> command = new ArrayList<>(ownSession());
        // A change of credentials clears the death signal, so this stands before the one that sets it.
        command.addAll(launch.identity().wrapper());
        if (DEATH_SIGNAL) {
            command.addAll(List.of("setpriv", "--pdeathsig", launch.orphaned().name()));
            // The parent may have gone before the death signal was set: then nobody would send it.
            command.addAll(List.of("sh", "-c", "[ \"$PPID\" = \"$0\" ] && exec \"$@\""));
            command.add(Long.toString(ProcessHandle.current().pid()));
        }
        command.addAll(launch.command());
        return List.copyOf(command);
    }

    /// Where the kernel sends no death signal, a shell waits at a pipe that closes with the parent.
    ///
    /// @return the waiting shell; empty where the kernel does it
    static Optional<Process> watch(Launch launch, long pid) throws IOException {
        if (DEATH_SIGNAL) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(ownSession());
        command.addAll(List.of("sh", "-c", "cat; kill -s \"$0\" \"$1\""));
        command.addAll(List.of(launch.orphaned().name(), Long.toString(pid)));
        return Optional.of(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /// A session of its own: Ctrl-C reaches the parent only, which then stops its children in order.
    private static List<String> ownSession() {
        if (SystemProgram.find("setsid").isPresent()) {
            return List.of("setsid");
        }
        if (SystemProgram.find("perl").isPresent()) {
            return List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV");
        }
        return List.of();
    }
}
