package dev.rowcast.replay.exit;

/// The exit codes of the commands. `kn` itself replaces every failure of a plugin by 1.
public final class ExitCode {

    /// Everything is done, and every event was accepted.
    public static final int DONE = 0;

    /// Done, but an event, a dead letter or a snapshot was refused.
    public static final int REFUSED = 1;

    /// The command line is wrong; nothing was done.
    public static final int USAGE = 2;

    /// Kafka, Postgres or a function cannot be reached.
    public static final int UNREACHABLE = 3;

    /// Interrupted by Ctrl-C; the point to resume from was printed.
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
