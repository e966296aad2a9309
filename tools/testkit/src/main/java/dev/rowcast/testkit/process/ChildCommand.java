package dev.rowcast.testkit.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Wraps the command of a child process, so that the child ends with its parent, does not receive the
/// terminal's Ctrl-C, and, where the launch says so, does not run as root or runs at a lower priority. Each
/// wrapper replaces itself with the next one, so the child is one process with one id.
final class ChildCommand {
    private static final boolean DEATH_SIGNAL = SystemProgram.works("setpriv", "--pdeathsig", "KILL", "true");

    private ChildCommand() {}

    /// {@return the whole command line for a launch}
    static List<String> wrap(Launch launch) {
        List<String> command = new ArrayList<>(ownSession());
        // A change of credentials clears the death signal, so this wrapper precedes the one that sets it.
        command.addAll(launch.identity().wrapper());
        if (DEATH_SIGNAL) {
            command.addAll(List.of("setpriv", "--pdeathsig", launch.orphaned().name()));
            // The parent may have ended before the death signal was set; then the signal would never be sent.
            command.addAll(List.of("sh", "-c", "[ \"$PPID\" = \"$0\" ] && exec \"$@\""));
            command.add(Long.toString(ProcessHandle.current().pid()));
        }
        if (launch.nice() > 0 && SystemProgram.find("nice").isPresent()) {
            command.addAll(List.of("nice", "-n", Integer.toString(launch.nice())));
        }
        command.addAll(launch.command());
        return List.copyOf(command);
    }

    /// Starts a shell that waits on a pipe which closes with the parent, where the kernel sends no
    /// death signal.
    ///
    /// @return the shell; empty where the kernel sends the signal
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

    /// A new session: Ctrl-C reaches only the parent, which then stops its children in order.
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
